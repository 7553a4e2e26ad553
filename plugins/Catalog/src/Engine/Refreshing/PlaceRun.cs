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

    /// <summary>Files that no longer say something, with their true hashes. Until that is withdrawn they count as not read.</summary>
    public Dictionary<Guid, string> OpenHashes { get; } = [];

    /// <summary>What the files that were read name now.</summary>
    public HashSet<(Guid Place, Guid File, string ListedBy)> Named { get; } = [];

    /// <summary>The files that were read, with the entities of which something is wrong; nothing for a file that was not understood as a whole.</summary>
    public Dictionary<Guid, HashSet<string>?> Read { get; } = [];

    /// <summary>All that was declared, for a dry run to tell what has only moved.</summary>
    public HashSet<string> Declared { get; } = new(StringComparer.Ordinal);

    public IAllowedKinds? Allowed { get; set; }

    /// <summary>A file with placeholders may mean something else although it is the same.</summary>
    public string? KnownHash(string path, ModelVersion version) =>
        !Order.ReadAll && Known.TryGetValue(path, out var file) && file.Beside is null ? version.Known(file.Hash, Settings) : null;

    public void Count(Decision decision)
    {
        var writes = decision.Conclude();
        Outcome.Created += writes.New.Count;
        Outcome.CreatedRefs.AddRange(writes.New.Select(row => row.Ref));
        var updated = writes.Changes.Where(change => change.Change == EntityChangeKind.Updated).Select(change => change.Ref).ToList();
        Outcome.Updated += updated.Count;
        Outcome.UpdatedRefs.AddRange(updated);
        var gone = writes.Gone.Where(name => !Declared.Contains(name)).ToList();
        Outcome.Deleted += gone.Count;
        Outcome.DeletedRefs.AddRange(gone);
    }
}
