using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Home;

[Description("The start page.")]
internal sealed class HomeOptions
{
    [Description("A sentence below the greeting.")]
    [StringLength(200)]
    public string? Lede { get; set; }

    [Description("Tiles that lead to what everybody needs, such as Enablement or Observability.")]
    [MaxLength(24)]
    public IReadOnlyList<HomeLink> Links { get; set; } = [];
}

internal sealed class HomeLink
{
    [Description("What the tile says.")]
    [Required, StringLength(60)]
    public string Title { get; set; } = "";

    [Description("Where it leads: an address, or a page of this portal.")]
    [Required, RegularExpression("^(https?://|/(?!/)).+$", ErrorMessage = "A link begins with https://, http:// or a slash.")]
    public string Url { get; set; } = "";

    [Description("One line about it.")]
    [StringLength(120)]
    public string? Text { get; set; }

    [Description("A name of the icon set; the gallery at /ui shows them.")]
    public string Icon { get; set; } = "link";
}
