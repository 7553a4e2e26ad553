using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Catalog.Pages.Detail.Layouts;

/// <summary>Which cards and tabs the pages of a kind have, in which order: <c>catalog.layouts</c>.</summary>
internal sealed class LayoutOptions
{
    [Required]
    [Description("The kind of the entities, such as Component.")]
    public string Kind { get; set; } = "";

    [Description("Only those of this spec.type. Without it, all of the kind that have no layout for their type.")]
    public string? Type { get; set; }

    [Description("Cards of the overview in their order, by name, such as catalog.about; '*' stands for all that are not named. Without it, all in their own order.")]
    public IReadOnlyList<string> Cards { get; set; } = [];

    [Description("Cards to leave out, by name.")]
    public IReadOnlyList<string> Hide { get; set; } = [];

    [Description("Tabs in their order, by name, such as catalog.history; '*' stands for all that are not named.")]
    public IReadOnlyList<string> Tabs { get; set; } = [];

    [Description("Tabs to leave out, by name.")]
    public IReadOnlyList<string> HideTabs { get; set; } = [];
}
