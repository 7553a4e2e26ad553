using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;

namespace Stagedoor.Catalog.Api.Sources;

/// <param name="Held">Entities whose deletion waits for a person's word.</param>
internal sealed record SourceAnswer(
    Guid Id, SourceOrigin Origin, string Type, string Target, string Title, string? LocationRef, long Entities, long Places, long FailingPlaces, long Files, long FilesWithProblems,
    DateTimeOffset? ReadAt, DateTimeOffset? OkAt, DateTimeOffset? NextAt, string? Error, long Created, long Updated, long Deleted, double TookSeconds, long Held, DateTimeOffset? HeldAt,
    DateTimeOffset? PausedAt, string? PausedWhy, DateTimeOffset? RemovedAt, string? CreatedBy)
{
    public static SourceAnswer Of(SourceState state)
    {
        var source = state.Source;
        return new SourceAnswer(
            source.Id, source.Origin, source.Type, source.Target, source.Title, source.LocationRef, state.Entities, state.Places, state.FailingPlaces, state.Files, state.Problems,
            source.ReadAt, source.OkAt, state.NextAt, source.Error, source.Created, source.Updated, source.Deleted, source.TookMs / 1000d,
            source.HeldOfPlaces().Values.Sum(refs => refs.Count), source.HeldAt, source.PausedAt, source.PausedWhy, source.RemovedAt, source.CreatedBy);
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
