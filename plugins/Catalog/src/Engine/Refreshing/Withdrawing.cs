using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Store;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Deletes what a reading did not find any more, and guards against deleting by mistake.</summary>
internal sealed class Withdrawing(PlaceStore places, ChangeLog log, IOptions<CatalogOptions> options, TimeProvider time, ILogger<Withdrawing> logger)
{
    /// <summary>Deletions in this time count as one: watching may see a folder go file by file.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    /// <summary>Deletes what is not declared any more, unless that would be an implausible share of the source.</summary>
    public async Task Withdraw(PlaceRun run, CancellationToken cancellationToken)
    {
        var (place, source) = (run.Place, run.Source);
        var missing = run.Known.Values.Where(file => file.Path.Length > 0 && !run.Seen.ContainsKey(file.Path)).ToList();
        var forgotten = run.Order.ReadAll ? await places.ForgottenFiles(place.Id, cancellationToken) : [];
        if (missing.Count == 0 && forgotten.Count == 0 && run.Withdrawals.Count == 0)
        {
            if (source.Held is not null && !run.IsDryRun)
            {
                await places.Hold(source.Id, place.Id, [], cancellationToken);
            }

            return;
        }

        IReadOnlyList<Guid> gone = [.. missing.Select(file => file.Id), .. forgotten];
        var entities = await places.CountEntities(source.Id, cancellationToken);
        var before = await places.CountDeletionsSince(source.Id, time.GetUtcNow() - Together, cancellationToken);
        var guard = options.Value.DeletionGuard;
        IReadOnlyList<string> held = [];
        var writes = await log.Commit(
            [.. run.Withdrawals.Select(withdrawal => withdrawal.Ref).Distinct(StringComparer.Ordinal)],
            gone,
            run.Order.By,
            async (decision, transaction, _) =>
            {
                foreach (var withdrawal in run.Withdrawals)
                {
                    decision.Because(withdrawal.Ref, withdrawal.Target);
                    decision.Withdraw(withdrawal.Ref, withdrawal.FileId, withdrawal.Document);
                }

                var targets = missing.ToDictionary(file => file.Id, file => file.Target);
                foreach (var file in gone)
                {
                    foreach (var (name, document) in decision.Of(file).ToList())
                    {
                        decision.Because(name, targets.GetValueOrDefault(file) ?? place.ToPlace().ToString());
                        decision.Withdraw(name, file, document);
                    }
                }

                var going = decision.Going;
                if (run.IsDryRun)
                {
                    run.Count(decision);
                    decision.Discard();
                }
                else if (!run.Order.DeleteHeld && going.Count > 0
                    && going.Count + before > guard.AtLeast && going.Count + before > guard.Share * (entities + before))
                {
                    held = going;
                    decision.Discard();
                }
                else if (gone.Count > 0)
                {
                    await transaction.Execute("delete from catalog_files where id in @gone", new { gone }, cancellationToken);
                    await transaction.Execute("delete from catalog_listings where file_id in @gone", new { gone }, cancellationToken);
                }
            },
            cancellationToken);
        run.Outcome.Deleted += writes.Gone.Count;
        run.Outcome.Held = held;
        if (!run.IsDryRun && (held.Count > 0 || source.Held is not null))
        {
            if (held.Count > 0)
            {
                logger.LogWarning(
                    "Reading {Place} would delete {Count} of {All} entities of its source. They are kept until someone confirms it", place.ToPlace(), held.Count, entities);
            }

            await places.Hold(source.Id, place.Id, held, cancellationToken);
        }
    }
}
