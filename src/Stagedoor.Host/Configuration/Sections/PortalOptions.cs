using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>How the portal presents itself.</summary>
[Description("How the portal presents itself.")]
internal sealed class PortalOptions
{
    [Description("The portal's name, in the title and beside the logo.")]
    [Required, StringLength(60)]
    public string Name { get; set; } = "Stagedoor";

    [Description("The company or organisation it serves.")]
    [StringLength(80)]
    public string? Organisation { get; set; }

    [Description("A picture for the top left corner: an address on this portal or elsewhere, SVG or PNG, square.")]
    public string? Logo { get; set; }

    [Description("The colour of links and buttons.")]
    public AccentOptions Accent { get; set; } = new();

    [Description("Links for everybody, shown in the sidebar.")]
    [MaxLength(50)]
    public IReadOnlyList<PortalLink> Links { get; set; } = [];

    [Description("Where people get help: shown on error pages.")]
    public Uri? SupportUrl { get; set; }
}

internal sealed class AccentOptions
{
    private const string Colour = "^#[0-9a-fA-F]{6}$";

    [Description("On a light background, as #rrggbb.")]
    [RegularExpression(Colour, ErrorMessage = "A colour is written in quotes as \"#2b5fd9\".")]
    public string? Light { get; set; }

    [Description("On a dark background, as #rrggbb.")]
    [RegularExpression(Colour, ErrorMessage = "A colour is written in quotes as \"#7aa2f7\".")]
    public string? Dark { get; set; }
}

internal sealed class PortalLink
{
    [Description("What the link says.")]
    [Required, StringLength(60)]
    public string Title { get; set; } = "";

    [Description("Where it leads: an address, or a page of this portal such as /docs.")]
    [Required, RegularExpression("^(https?://|mailto:|/(?!/)).+$", ErrorMessage = "A link begins with https://, http://, mailto: or a slash.")]
    public string Url { get; set; } = "";

    [Description("A name of the icon set; the gallery at /ui shows them.")]
    public string Icon { get; set; } = "link";
}
