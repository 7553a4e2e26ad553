using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Feeding;

/// <summary>Keeps this replica's index up with the change log: all of it at first, then change by change.</summary>
internal sealed class IndexFeed(IDatabase database, CatalogIndex index, IEvents events, ILogger<IndexFeed> log) : IBackgroundWork
{
    private const int ChangesAtOnce = 10_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private const int ManyChanges = 10_000;
    private const int QuietLooks = 2;
    private long _sequence;
    private long _applied;
    private int _quiet;

    /// <summary>Fills the index from the store.</summary>
    public async Task Load(CancellationToken cancellationToken)
    {
        // What is committed while the entities are read is told again afterwards.
        _sequence = await database.Find<long>("select coalesce(max(seq), 0) from catalog_changes", cancellationToken);
        await index.Load(All(cancellationToken), _sequence, cancellationToken);
    }

    public async Task Run(CancellationToken stopping)
    {
        using var changed = new SemaphoreSlim(0);
        using var hearing = database.Listen(
            ChangeLog.Channel,
            (_, _) =>
            {
                if (changed.CurrentCount == 0)
                {
                    changed.Release();
                }

                return Task.CompletedTask;
            });
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (await Advance(stopping))
                {
                }
            }
            catch (DatabaseUnavailableException e)
            {
                log.LogDebug(e, "The change log cannot be read at the moment");
            }

            if (!await changed.WaitAsync(LookAgain, stopping))
            {
                Rest();
            }
        }
    }

    /// <summary>
    /// When very much came in and nothing comes any more, the memory that took is given back: the collector would keep it for the
    /// next time, which may be never.
    /// </summary>
    private void Rest()
    {
        if (_applied >= ManyChanges && ++_quiet >= QuietLooks)
        {
            (_applied, _quiet) = (0, 0);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private async Task<bool> Advance(CancellationToken stopping)
    {
        var changes = await database.Query<Line>(
            "select seq, ref, change, at from catalog_changes where seq > @after order by seq limit @most", new { after = _sequence, most = ChangesAtOnce }, stopping);
        if (changes.Count == 0)
        {
            return false;
        }

        var refs = changes.Select(change => change.Ref).Distinct(StringComparer.Ordinal).ToList();
        var rows = await database.Query<Row>("select ref, uid, body, relations, status, orphan_since from catalog_entities where ref in @refs", new { refs }, stopping);
        var present = rows.Select(row => row.Ref).ToHashSet(StringComparer.Ordinal);
        index.Apply([.. rows.Select(Entity)], [.. refs.Where(name => !present.Contains(name)).Select(EntityRef.Parse)], changes[^1].Seq);
        _sequence = changes[^1].Seq;
        _applied += changes.Count;
        _quiet = 0;
        events.Publish(new CatalogChanged(_sequence, [.. changes.Select(change => new EntityChange(change.Seq, EntityRef.Parse(change.Ref), change.Change, change.At))]));
        return changes.Count == ChangesAtOnce;
    }

    private async IAsyncEnumerable<StoredEntity> All([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in database.Stream<Row>("select ref, uid, body, relations, status, orphan_since from catalog_entities order by ref", args: null, cancellationToken))
        {
            yield return Entity(row);
        }
    }

    private static StoredEntity Entity(Row row) => new(
        EntityRef.Parse(row.Ref), row.Uid, row.OrphanSince is null ? row.Body : OrphanMark.On(row.Body), [.. RelationText.Read(row.Relations).Select(relation => relation.Undated)],
        row.Status is null ? default : Encoding.UTF8.GetBytes(row.Status));

    private sealed record Row(string Ref, Guid Uid, byte[] Body, string Relations, string? Status, DateTimeOffset? OrphanSince);

    private sealed record Line(long Seq, string Ref, EntityChangeKind Change, DateTimeOffset At);
}
