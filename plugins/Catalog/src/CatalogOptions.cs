using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Pages.Detail.Layouts;
using Stagedoor.Catalog.Pages.List;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog;

/// <summary>The section <c>catalog</c> of the configuration. Keys that Backstage has mean here what they mean there.</summary>
internal sealed class CatalogOptions
{
    [Description("Where entities are read from.")]
    public IReadOnlyList<LocationOptions> Locations { get; set; } = [];

    [Description("Which kinds may come from where. Without it, components, APIs and locations may come from everywhere.")]
    public IReadOnlyList<RuleOptions>? Rules { get; set; }

    [Description("Kinds of entity beside those of Backstage.")]
    public IReadOnlyList<KindOptions> Kinds { get; set; } = [];

    [Description("Fields of the company's own on kinds that exist already.")]
    public IReadOnlyList<FieldOptions> Fields { get; set; } = [];

    [Description("Which columns the list has for a kind.")]
    public IReadOnlyList<ListOptions> Lists { get; set; } = [];

    [Description("Folders below which places of type file may lie, besides the folders of the configured ones.")]
    public IReadOnlyList<string> Roots { get; set; } = [];

    [Description("What happens to entities that nothing names any more: deleted after a while, or kept and marked.")]
    public OrphanStrategy OrphanStrategy { get; set; } = OrphanStrategy.Delete;

    [Description("What happens to entities of a configured source or of a plugin that is no longer there.")]
    public OrphanStrategy OrphanProviderStrategy { get; set; } = OrphanStrategy.Delete;

    [Description("How long orphans are kept before they are deleted.")]
    public TimeSpan OrphanGrace { get; set; } = TimeSpan.FromSeconds(30);

    [Description("Nobody can register or unregister locations.")]
    public bool Readonly { get; set; }

    [Description("What registering a location that exists already does: reject, or read it again.")]
    public LocationConflictStrategy DefaultLocationConflictStrategy { get; set; } = LocationConflictStrategy.Reject;

    [Description("How often places that cannot be watched are looked at again.")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMinutes(2);

    public DeletionGuardOptions DeletionGuard { get; set; } = new();

    public HistoryOptions History { get; set; } = new();

    public RefreshHookOptions RefreshHook { get; set; } = new();

    [Description("Whether backstage.io/source-location may lead into another repository than the one that declares the entity. Its readme and history are then shown to whoever may see the entity.")]
    public bool TrustSourceLocations { get; set; }

    [Description("Which cards and tabs the pages of a kind have, in which order. The most exact one counts: kind and type before kind.")]
    public IReadOnlyList<LayoutOptions> Layouts { get; set; } = [];
}

internal enum OrphanStrategy
{
    Keep,
    Delete,
}

internal enum LocationConflictStrategy
{
    Reject,
    Refresh,
}

/// <summary>A configured location.</summary>
internal sealed class LocationOptions
{
    [Required]
    [Description("file, url, git, git-folder or git-list.")]
    public string Type { get; set; } = "";

    [Required]
    [Description("A path or pattern, an address, a repository, a folder.")]
    public string Target { get; set; } = "";

    [Description("What this location may declare, in place of the general rules.")]
    public IReadOnlyList<RuleOptions>? Rules { get; set; }

    [Description("Only files that match one of these patterns, in places that hold many.")]
    public IReadOnlyList<string> Include { get; set; } = [];

    [Description("No files that match one of these patterns.")]
    public IReadOnlyList<string> Exclude { get; set; } = [];

    [Description("How often it is looked at again, if it cannot be watched.")]
    public TimeSpan? ReadEvery { get; set; }
}

/// <summary>Kinds that may be declared, everywhere or in some locations.</summary>
internal sealed class RuleOptions
{
    [Description("Names of kinds, or \"Kind:type\" for those of one spec.type.")]
    public IReadOnlyList<AllowedKind> Allow { get; set; } = [];

    [Description("Only in locations like these; without it, in all.")]
    public IReadOnlyList<RuleLocationOptions>? Locations { get; set; }
}

internal sealed class RuleLocationOptions
{
    public string? Type { get; set; }

    [Description("The whole target.")]
    public string? Exact { get; set; }

    [Description("A glob pattern of the target.")]
    public string? Pattern { get; set; }
}

internal sealed class DeletionGuardOptions
{
    [Description("A reading that would delete more than this share of a source's entities is held back until a person confirms it.")]
    [Range(0.01, 1)]
    public double Share { get; set; } = 0.3;

    [Description("As few deletions as this are never held back.")]
    [Range(0, 1_000_000)]
    public int AtLeast { get; set; } = 10;
}

internal sealed class HistoryOptions
{
    [Description("How long former versions of entities are kept.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}

internal sealed class RefreshHookOptions
{
    [Description("The secret that POST /api/catalog/refresh-hook is signed with. Without one the hook is off.")]
    [Secret]
    public string? Secret { get; set; }
}
