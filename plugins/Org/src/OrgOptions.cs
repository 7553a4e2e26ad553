using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Org;

[Description("Groups and people.")]
internal sealed class OrgOptions
{
    [Description("The types of groups that stand below Your squads in the sidebar, such as squad. Empty for all.")]
    [MaxLength(20)]
    public IReadOnlyList<string> SidebarTypes { get; set; } = [];

    [Description("How many groups stand there at most; one that has more finds the rest behind a link. 0 for none.")]
    [Range(0, 30)]
    public int SidebarGroups { get; set; } = 8;
}
