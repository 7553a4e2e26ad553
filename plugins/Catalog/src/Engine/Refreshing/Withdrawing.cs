using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>
/// Deletes what a reading did not find any more: entities, and the places that nobody names now with all they brought. Guards
/// against deleting by mistake.
/// </summary>
internal sealed class Withdrawing(PlaceStore places, ChangeLog log, IOptions<CatalogOptions> options, TimeProvider time, ILogger<Withdrawing> logger)
{
    /// <summary>Deletions in this time count as one: watching may see a folder go file by file.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    public async Task Withdraw(PlaceRun run, CancellationToken cancellationToken)
    {
        var (place, source) = (run.Place, run.Source);
        var missing = run.Known.Values.Where(file => file.Path.Length > 0 && !run.Seen.ContainsKey(file.Path)).ToList();
        var forgotten = run.Order.ReadAll ? await places.ForgottenFiles(place.Id, cancellationToken) : [];
        IReadOnlyList<Guid> gone = [.. missing.Select(file => file.Id), .. forgotten];
        if (gone.Count == 0 && run.Withdrawals.Count == 0 && !await places.HasListings(run.Read.Keys, cancellationToken))
        {
            await Hold(run, [], cancellationToken);
            return;
        }

        var entities = await places.CountEntities(source.Id, cancellationToken);
        var before = await places.CountDeletionsSince(source.Id, time.GetUtcNow() - Together, cancellationToken);
        IReadOnlyList<string> held = [];
        var writes = await log.Commit(
            [.. run.Withdrawals.Select(withdrawal => withdrawal.Ref).Distinct(StringComparer.Ordinal)],
            gone,
            run.Order.By,
            async (decision, transaction, _) =>
            {
                await PlaceStore.StillWanted(transaction, run, cancellationToken);
                Decide(decision, run, missing, gone);
                var lost = await LostListings(run, gone, transaction, cancellationToken);
                if (run.IsDryRun)
                {
                    run.Count(decision);
                    decision.Discard();
                    return;
                }

                IReadOnlyList<string> going = [.. decision.Going, .. await OfUnreachable(source.Id, lost, transaction, cancellationToken)];
                if (IsImplausible(run, going, before, entities))
                {
                    held = going;
                    decision.Discard();
                    await KeepOpen(lost, transaction, cancellationToken);
                    return;
                }

                await Forget(run, gone, lost, transaction, cancellationToken);
            },
            cancellationToken);
        run.Outcome.Deleted += writes.Gone.Count;
        run.Outcome.Held = held;
        if (held.Count > 0)
        {
            logger.LogWarning(
                "Reading {Place} would delete {Count} of {All} entities of its source. They are kept until someone confirms it", place.ToPlace(), held.Count, entities);
        }

        await Hold(run, held, cancellationToken);
    }

    private static void Decide(Decision decision, PlaceRun run, IReadOnlyList<FileRow> missing, IReadOnlyList<Guid> gone)
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
                decision.Because(name, targets.GetValueOrDefault(file) ?? run.Place.ToPlace().ToString());
                decision.Withdraw(name, file, document);
            }
        }
    }

    /// <summary>A person's word covers what was held back when it was given, and nothing that went missing since.</summary>
    private bool IsImplausible(PlaceRun run, IReadOnlyList<string> going, int before, int entities)
    {
        var guard = options.Value.DeletionGuard;
        var all = going.Count + before;
        return going.Count > 0
            && all > guard.AtLeast
            && all > guard.Share * (entities + before)
            && !(run.Order.DeleteHeld && run.Source.HeldOfPlaces().GetValueOrDefault(run.Place.Id) is { } confirmed && going.All(confirmed.ToHashSet(StringComparer.Ordinal).Contains));
    }

    /// <summary>What files named and name no more. A Location that is refused, or a file that is not understood, still names what it named.</summary>
    private static async Task<IReadOnlyList<PlaceLink>> LostListings(PlaceRun run, IReadOnlyList<Guid> gone, ITransaction transaction, CancellationToken cancellationToken)
    {
        var missing = gone.ToHashSet();
        return
        [
            .. (await PlaceStore.Links(transaction, run.Source.Id, cancellationToken)).Where(link =>
                missing.Contains(link.FileId)
                || (run.Read.TryGetValue(link.FileId, out var wrong) && wrong is not null && !wrong.Contains(link.ListedBy)
                    && !run.Named.Contains((link.PlaceId, link.FileId, link.ListedBy)))),
        ];
    }

    /// <summary>The entities of places that nobody could come to any more.</summary>
    private static async Task<IReadOnlyList<string>> OfUnreachable(Guid source, IReadOnlyList<PlaceLink> lost, ITransaction transaction, CancellationToken cancellationToken)
    {
        if (lost.Count == 0)
        {
            return [];
        }

        var links = await PlaceStore.Links(transaction, source, cancellationToken);
        var first = await transaction.Query<Guid>("select id from catalog_places where source_id = @source and depth = 0", new { source }, cancellationToken);
        var unreachable = Reach.From(first, links);
        unreachable.ExceptWith(Reach.From(first, links.Except(lost)));
        return unreachable.Count == 0 ? [] : await transaction.Query<string>("select ref from catalog_entities where place_id in @unreachable", new { unreachable }, cancellationToken);
    }

    /// <summary>Files whose listings are held back count as not read, so that the next reading finds them again.</summary>
    private static async Task KeepOpen(IReadOnlyList<PlaceLink> lost, ITransaction transaction, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid> files = [.. lost.Select(link => link.FileId).Distinct()];
        if (files.Count > 0)
        {
            await transaction.Execute("update catalog_files set hash = '' where id in @files", new { files }, cancellationToken);
        }
    }

    private static async Task Forget(PlaceRun run, IReadOnlyList<Guid> gone, IReadOnlyList<PlaceLink> lost, ITransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var link in lost)
        {
            await transaction.Execute(
                "delete from catalog_listings where place_id = @PlaceId and file_id = @FileId and listed_by = @ListedBy", new { link.PlaceId, link.FileId, link.ListedBy }, cancellationToken);
        }

        if (gone.Count > 0)
        {
            await transaction.Execute("delete from catalog_files where id in @gone", new { gone }, cancellationToken);
        }

        foreach (var (file, hash) in run.OpenHashes)
        {
            await transaction.Execute("update catalog_files set hash = @hash where id = @file", new { file, hash }, cancellationToken);
        }
    }

    private Task Hold(PlaceRun run, IReadOnlyList<string> held, CancellationToken cancellationToken) =>
        run.IsDryRun || (held.Count == 0 && run.Source.Held is null) ? Task.CompletedTask : places.Hold(run.Source.Id, run.Place.Id, held, cancellationToken);
}
