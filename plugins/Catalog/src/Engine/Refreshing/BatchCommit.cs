using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Commits what some files of a place say: their entities, and the places they name.</summary>
internal sealed class BatchCommit(ChangeLog log, RefreshWork work)
{
    public async Task Commit(PlaceRun run, List<FileOutcome> batch, CancellationToken cancellationToken)
    {
        var (place, source) = (run.Place, run.Source);
        var refs = batch.SelectMany(outcome => outcome.Documents).Select(document => document.Ref).OfType<EntityRef>().Select(entity => entity.ToString()).ToHashSet(StringComparer.Ordinal);
        var files = batch.Select(outcome => outcome.File.Id).ToList();
        var withdrawals = new List<Withdrawal>();
        var fresh = new List<Guid>();
        var writes = await log.Commit(
            refs,
            files,
            run.Order.By,
            async (decision, transaction, at) =>
            {
                await PlaceStore.StillWanted(transaction, run, cancellationToken);
                foreach (var outcome in batch)
                {
                    FileDeclaring.Declare(decision, outcome, source, place, withdrawals);
                }

                if (run.IsDryRun)
                {
                    run.Count(decision);
                    decision.Discard();
                    return;
                }

                // A file that withdraws something is as if it had not been read until that is done.
                var open = withdrawals.Select(withdrawal => withdrawal.FileId).ToHashSet();
                await transaction.Insert(FileRow.Into, batch.Select(outcome => open.Contains(outcome.File.Id) ? outcome.File with { Hash = "" } : outcome.File), cancellationToken);
                await List(run, batch, fresh, transaction, at, cancellationToken);
            },
            cancellationToken);
        run.Outcome.Files += batch.Count;
        run.Outcome.Problems += batch.Sum(outcome => outcome.Documents.Sum(document => document.Problems.Count));
        run.Outcome.Created += writes.Changes.Count(change => change.Change == EntityChangeKind.Created);
        run.Outcome.Updated += writes.Changes.Count(change => change.Change == EntityChangeKind.Updated);
        run.Withdrawals.AddRange(withdrawals);
        Note(run, batch, withdrawals);
    }

    private static void Note(PlaceRun run, List<FileOutcome> batch, List<Withdrawal> withdrawals)
    {
        var open = withdrawals.Select(withdrawal => withdrawal.FileId).ToHashSet();
        foreach (var outcome in batch)
        {
            if (open.Contains(outcome.File.Id))
            {
                run.OpenHashes[outcome.File.Id] = outcome.File.Hash;
            }

            var wrong = outcome.Documents.Where(document => document.Problems.Count > 0).ToList();
            run.Read[outcome.File.Id] = wrong.Exists(document => document.Ref is null) ? null : [.. wrong.Select(document => document.Ref!.Value.ToString())];
            run.Declared.UnionWith(outcome.Documents.Where(document => document.Entity is not null).Select(document => document.Entity!.Ref.ToString()));
        }
    }

    /// <summary>Writes down which places the files name, and sends for those that are new.</summary>
    private async Task List(PlaceRun run, List<FileOutcome> batch, List<Guid> fresh, ITransaction transaction, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var outcome in batch)
        {
            foreach (var child in outcome.Children)
            {
                var id = Ids.OfPlace(run.Source.Id, child.Place.Type, child.Place.Target);
                await PlaceStore.AddPlace(
                    transaction,
                    new PlaceRow(id, run.Source.Id, child.Place.Type, child.Place.Target, run.Place.Depth + 1, null, null, null, at, null, 0, null),
                    cancellationToken);
                await transaction.Insert(ListingRow.Into, [new ListingRow(id, outcome.File.Id, child.ListedBy)], cancellationToken);
                run.Named.Add((id, outcome.File.Id, child.ListedBy));
                fresh.Add(id);
            }
        }

        var unread = fresh.Count == 0 ? [] : await transaction.Query<Guid>("select id from catalog_places where id in @fresh and (read_at is null or due_at <= @at)", new { fresh, at }, cancellationToken);
        if (unread.Count > 0)
        {
            await work.Add(transaction, unread, new RefreshOrder { IsUrgent = true, By = run.Order.By }, cancellationToken);
        }
    }
}
