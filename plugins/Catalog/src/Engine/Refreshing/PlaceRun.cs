using System.Collections.Concurrent;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>One reading as it goes on.</summary>
internal sealed record PlaceRun(PlaceRow Place, SourceRow Source, SourceSettings Settings, RefreshOrder Order, bool IsDryRun, RefreshOutcome Outcome)
{
    public Dictionary<string, FileRow> Known { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, bool> Seen { get; } = new(StringComparer.Ordinal);

    public List<Withdrawal> Withdrawals { get; } = [];

    public IAllowedKinds? Allowed { get; set; }

    /// <summary>A file with placeholders may mean something else although it is the same.</summary>
    public string? KnownHash(string path, ModelVersion version) =>
        !Order.ReadAll && Source.Held is null && Known.TryGetValue(path, out var file) && file.Beside is null ? version.Known(file.Hash) : null;

    public void Count(Decision decision)
    {
        var writes = decision.Conclude();
        Outcome.Created += writes.New.Count;
        Outcome.CreatedRefs.AddRange(writes.New.Select(row => row.Ref));
        var updated = writes.Changes.Where(change => change.Change == EntityChangeKind.Updated).Select(change => change.Ref).ToList();
        Outcome.Updated += updated.Count;
        Outcome.UpdatedRefs.AddRange(updated);
        Outcome.Deleted += writes.Gone.Count;
        Outcome.DeletedRefs.AddRange(writes.Gone);
    }
}
