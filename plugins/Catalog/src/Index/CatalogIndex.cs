using System.Collections.Immutable;
using Stagedoor.Catalog.Index.Changes;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>
/// The whole catalog in memory, for everything that is asked of it. One writer loads it and advances it along the change
/// log; readers take the current snapshot and are never in anybody's way.
/// </summary>
internal sealed class CatalogIndex
{
    /// <summary>Loading so many leaves so much behind that the process would stay twice as large for a long time.</summary>
    private const int Many = 10_000;

    private readonly Lock _writing = new();
    private readonly Merging _merging;
    private Snapshot _current = Empty();
    private TaskCompletionSource _advanced = NewSignal();

    public CatalogIndex() => _merging = new Merging(this);

    public Snapshot Current => Volatile.Read(ref _current);

    public bool IsLoaded { get; private set; }

    /// <summary>Fills the index anew with all there is.</summary>
    /// <param name="sequence">The line of the change log that the entities are as of.</param>
    public async Task Load(IAsyncEnumerable<StoredEntity> entities, long sequence, CancellationToken cancellationToken)
    {
        var loaded = await new Loading().Load(entities, sequence, cancellationToken);
        lock (_writing)
        {
            IsLoaded = true;
            Publish(loaded);
        }

        if (loaded.Count >= Many)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Applies lines of the change log, up to and with <paramref name="sequence"/>.</summary>
    public void Apply(IReadOnlyList<StoredEntity> changed, IReadOnlyList<EntityRef> deleted, long sequence)
    {
        lock (_writing)
        {
            Publish(new ChangeSet(Current).Apply(changed, deleted, sequence));
        }

        _merging.Consider();
    }

    /// <summary>Waits until readers see what the change log says up to this line.</summary>
    public async Task WaitFor(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            var advanced = Volatile.Read(ref _advanced).Task;
            if (IsLoaded && Current.Sequence >= sequence)
            {
                return;
            }

            await advanced.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Puts a merged segment in the place of those it was made of.</summary>
    internal void Replace(IReadOnlyList<Segment> merged, Func<IReadOnlyList<SegmentView>, SegmentView?> make)
    {
        lock (_writing)
        {
            var current = Current;
            var views = current.Segments.Where(view => merged.Contains(view.Segment)).ToList();
            if (views.Count != merged.Count)
            {
                // Loaded anew meanwhile.
                return;
            }

            var rest = current.Segments.RemoveAll(view => merged.Contains(view.Segment));
            var made = make(views);
            Publish(new Snapshot(
                made is null ? rest : Sorted(rest.Add(made)), current.Sequence, current.Refs, current.Types, current.Missing) { Revision = current.Revision });
        }
    }

    /// <summary>The large ones first: most of what is looked for is there.</summary>
    internal static ImmutableArray<SegmentView> Sorted(ImmutableArray<SegmentView> segments) =>
        segments.Sort((a, b) => b.Segment.Count.CompareTo(a.Segment.Count));

    private static Snapshot Empty() =>
        new([], -1, new Utf8Table(), new RelationTypes(), ImmutableDictionary<int, DeclaredRelation[]>.Empty);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Publish(Snapshot snapshot)
    {
        Volatile.Write(ref _current, snapshot);
        Interlocked.Exchange(ref _advanced, NewSignal()).TrySetResult();
    }
}
