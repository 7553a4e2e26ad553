using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Catalog.Pages.List;

/// <summary>How the list shows a kind, in the configuration, <c>catalog.lists</c>.</summary>
internal sealed class ListOptions
{
    [Required]
    [Description("The kind: Component, or all for the list of every kind.")]
    public string Kind { get; set; } = "";

    [Required, MinLength(1), MaxLength(15)]
    [Description("The columns after the name, in order: type, domain, system, owner, lifecycle, tags, namespace, description, changed, kind, parent, groups, email, target, the name of one of catalog.fields, or a path such as metadata.labels.team.")]
    public IReadOnlyList<string> Columns { get; set; } = [];
}
