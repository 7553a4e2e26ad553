using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;

namespace Stagedoor.Catalog.Api.Sources;

/// <summary>A source; to whom does not administer the catalog, only what is not nullable and when it was read.</summary>
internal sealed record SourceAnswer(Guid Id, SourceOrigin Origin, string Type, string? LocationRef, DateTimeOffset? ReadAt, DateTimeOffset? OkAt)
{
    public string? Target { get; init; }

    public string? Title { get; init; }

    public long? Entities { get; init; }

    public long? Places { get; init; }

    public long? FailingPlaces { get; init; }

    public long? Files { get; init; }

    public long? FilesWithProblems { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    public string? Error { get; init; }

    public long? Created { get; init; }

    public long? Updated { get; init; }

    public long? Deleted { get; init; }

    public double? TookSeconds { get; init; }

    /// <summary>Entities whose deletion waits for a person's word.</summary>
    public long? Held { get; init; }

    public DateTimeOffset? HeldAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    public string? PausedWhy { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>Targets and failures tell of machines and of entities that not everybody may see.</summary>
    public static SourceAnswer ForEverybody(SourceState state) =>
        new(state.Source.Id, state.Source.Origin, state.Source.Type, state.Source.LocationRef, state.Source.ReadAt, state.Source.OkAt);

    public static SourceAnswer Of(SourceState state)
    {
        var source = state.Source;
        return ForEverybody(state) with
        {
            Target = source.Target,
            Title = source.Title,
            Entities = state.Entities,
            Places = state.Places,
            FailingPlaces = state.FailingPlaces,
            Files = state.Files,
            FilesWithProblems = state.Problems,
            NextAt = state.NextAt,
            Error = source.Error,
            Created = source.Created,
            Updated = source.Updated,
            Deleted = source.Deleted,
            TookSeconds = source.TookMs / 1000d,
            Held = source.HeldOfPlaces().Values.Sum(refs => refs.Count),
            HeldAt = source.HeldAt,
            PausedAt = source.PausedAt,
            PausedWhy = source.PausedWhy,
            RemovedAt = source.RemovedAt,
            CreatedBy = source.CreatedBy,
        };
    }
}

internal sealed record PlaceAnswer(
    Guid Id, string Type, string Target, int Depth, DateTimeOffset? ReadAt, DateTimeOffset? OkAt, DateTimeOffset? NextAt, string? Error, int Failures, DateTimeOffset? OrphanSince)
{
    public static PlaceAnswer Of(PlaceRow row) => new(row.Id, row.Type, row.Target, row.Depth, row.ReadAt, row.OkAt, row.DueAt, row.Error, row.Failures, row.OrphanSince);
}

internal sealed record SourceDetailAnswer(SourceAnswer Source, IReadOnlyList<PlaceAnswer> Places, IReadOnlyList<FileProblems> Problems, IReadOnlyList<string> Held);

internal sealed record DryRunAnswer(int Files, int Problems, string? Error, IReadOnlyList<string> Created, IReadOnlyList<string> Updated, IReadOnlyList<string> Deleted)
{
    public static DryRunAnswer Of(RefreshOutcome outcome) =>
        new(outcome.Files, outcome.Problems, outcome.Error, outcome.CreatedRefs, outcome.UpdatedRefs, outcome.DeletedRefs);
}
