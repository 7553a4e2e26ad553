using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Plugins;

namespace Stagedoor.Home;

[Description("The start page.")]
internal sealed class HomeOptions : IValidatableObject
{
    /// <summary>Where a link may lead: elsewhere over the web, or to a page of this portal.</summary>
    internal const string Link = @"^(https?://|/(?![/\\])).+$";

    internal const string LinkMistake = "A link begins with https://, http:// or a slash.";

    [Description("A sentence below the greeting.")]
    [StringLength(200)]
    public string? Lede { get; set; }

    [Description("Tiles that lead to what everybody needs, such as Enablement or Observability.")]
    [MaxLength(24)]
    public IReadOnlyList<HomeLink> Links { get; set; } = [];

    [Description("Documents for somebody's first days, in the order in which they are to be read.")]
    [MaxLength(24)]
    public IReadOnlyList<GettingStartedDocument> GettingStarted { get; set; } = [];

    [Description("What everybody is to be told. Administrators write others on the page Settings, Announcements.")]
    [MaxLength(20)]
    public IReadOnlyList<ConfiguredAnnouncement> Announcements { get; set; } = [];

    [Description("The cards that are shown, in this order, as home.starred; * stands for all others. Without it, all in their own order.")]
    public IReadOnlyList<string> Cards { get; set; } = [];

    [Description("Cards that are not shown, as home.getting-around.")]
    public IReadOnlyList<string> Hide { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Announcements.GroupBy(announcement => announcement.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return new ValidationResult($"Two announcements have the id '{twice.Key}'. By its id an announcement is known when somebody has put it away.", [nameof(Announcements)]);
        }
    }
}

internal sealed class HomeLink
{
    [Description("What the tile says.")]
    [Required, StringLength(60)]
    public string Title { get; set; } = "";

    [Description("Where it leads: an address, or a page of this portal.")]
    [Required, RegularExpression(HomeOptions.Link, ErrorMessage = HomeOptions.LinkMistake)]
    public string Url { get; set; } = "";

    [Description("One line about it.")]
    [StringLength(120)]
    public string? Text { get; set; }

    [Description("A name of the icon set; the gallery at /ui shows them.")]
    public string Icon { get; set; } = "link";
}

internal sealed class GettingStartedDocument : IValidatableObject
{
    [Description("What it is called.")]
    [Required, StringLength(100)]
    public string Title { get; set; } = "";

    [Description("One line about it.")]
    [StringLength(200)]
    public string? Text { get; set; }

    [Description("Where it is: an address, or a page of this portal.")]
    [RegularExpression(HomeOptions.Link, ErrorMessage = HomeOptions.LinkMistake)]
    public string? Url { get; set; }

    [Description("The entity whose page it is, such as component:default/onboarding, in place of an address.")]
    public EntityRef? Entity { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null == Entity is null)
        {
            yield return new ValidationResult("A document has either a url or an entity.", [nameof(Url)]);
        }
    }
}

internal sealed class ConfiguredAnnouncement : IValidatableObject
{
    [Description("By which the portal knows who has put it away. A new id shows it to everybody again.")]
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,59}$", ErrorMessage = "An id has lower-case letters, digits and hyphens, at most 60.")]
    public string Id { get; set; } = "";

    [Description("What it is about.")]
    [Required, StringLength(120)]
    public string Title { get; set; } = "";

    [Description("What is to be said, in Markdown.")]
    [StringLength(4000)]
    public string? Text { get; set; }

    [Description("When it begins to be shown, such as 2026-03-01T08:00:00Z. Without it: at once.")]
    public DateTimeOffset? From { get; set; }

    [Description("When it is no longer shown. Without it: as long as it stands here.")]
    public DateTimeOffset? Until { get; set; }

    [Description("How much it matters: info, success, warning or critical.")]
    public Severity Severity { get; set; }

    [Description("Where one finds out more: an address, or a page of this portal.")]
    [RegularExpression(HomeOptions.Link, ErrorMessage = HomeOptions.LinkMistake)]
    public string? Link { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Until <= From)
        {
            yield return new ValidationResult("It ends before it begins: until must be later than from.", [nameof(Until)]);
        }
    }
}
