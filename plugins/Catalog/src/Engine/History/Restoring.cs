using System.Globalization;
using System.Text.Json;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.History;

/// <summary>
/// Brings back what was. A deleted entity comes back under its old uid and stays until something declares it again. A whole source
/// comes back as it was at a moment, and is not read again until somebody resumes it: otherwise it would undo the restoring at once.
/// </summary>
internal sealed class Restoring(IDatabase database, ChangeLog log, EntityHistory history, PlaceStore places, RefreshWork work, IAudit audit)
{
    private static readonly Guid SourceOfRestored = Ids.OfSource(nameof(SourceOrigin.Restored), "restored", "by hand");

    /// <returns>False if there is nothing to restore: the entity exists, or history does not know it.</returns>
    public async Task<bool> Entity(EntityRef entity, Caller by, CancellationToken cancellationToken)
    {
        if (await history.LastOf(entity, cancellationToken) is not { } last)
        {
            return false;
        }

        var name = entity.ToString();
        var place = Ids.OfPlace(SourceOfRestored, "restored", "by hand");
        var restored = false;
        await log.Commit(
            [name],
            [],
            by.Ref.ToString(),
            async (decision, transaction, at) =>
            {
                if (decision.Find(name) is not null)
                {
                    return;
                }

                restored = true;
                await PlaceStore.Put(
                    transaction,
                    SourceRow.New(SourceOfRestored, SourceOrigin.Restored, "9", "restored", "by hand", "Restored by hand", locationRef: null, new SourceSettings(), at),
                    cancellationToken);
                await transaction.Execute("update catalog_places set due_at = null where id = @place", new { place }, cancellationToken);
                var said = last.Declaration with { SourceId = SourceOfRestored, PlaceId = place, FileId = Ids.OfFile(place, name), Rank = Ranks.OfRestored(name) };
                decision.Because(name, "restored:by hand");
                decision.Restore(said, last.Uid);
                await audit.Record(transaction, new AuditEntry(by, "catalog.entity.restored", name) { Entity = entity }, cancellationToken);
            },
            cancellationToken);
        return restored;
    }

    /// <summary>What restoring a source to a moment would change.</summary>
    public async Task<SourceDifference> Compare(Guid source, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var sequence = await history.SequenceAt(moment, cancellationToken);
        var now = await database.Query<EntityRow>("select * from catalog_entities where source_id = @source", new { source }, cancellationToken);
        var then = await database.Query<VersionRow>(
            "select * from catalog_versions where source_id = @source and from_seq <= @sequence and until_seq > @sequence", new { source, sequence }, cancellationToken);
        var present = now.ToDictionary(row => row.Ref, StringComparer.Ordinal);
        var past = then.ToDictionary(row => row.Ref, StringComparer.Ordinal);
        return new SourceDifference(
            sequence,
            [.. past.Keys.Where(name => !present.ContainsKey(name)).Order(StringComparer.Ordinal)],
            [.. past.Keys.Where(present.ContainsKey).Order(StringComparer.Ordinal)],
            [.. present.Values.Where(row => row.CreatedSeq > sequence && !past.ContainsKey(row.Ref)).Select(row => row.Ref).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Restores a source to a moment and pauses it.</summary>
    public async Task<SourceDifference> Source(SourceRow source, DateTimeOffset moment, Caller by, CancellationToken cancellationToken)
    {
        await places.Pause(source.Id, string.Create(CultureInfo.InvariantCulture, $"Restored to {moment.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {by.Name}"), cancellationToken);
        var difference = await Compare(source.Id, moment, cancellationToken);
        foreach (var refs in difference.Back.Concat(difference.Reverted).Concat(difference.Gone).Chunk(1000))
        {
            var versions = await database.Query<VersionRow>(
                "select * from catalog_versions where ref in @refs and source_id = @Id and from_seq <= @Sequence and until_seq > @Sequence",
                new { refs, source.Id, difference.Sequence },
                cancellationToken);
            await log.Commit(
                refs,
                [],
                by.Ref.ToString(),
                (decision, _, _) =>
                {
                    var past = versions.ToDictionary(row => row.Ref, StringComparer.Ordinal);
                    foreach (var name in refs)
                    {
                        if (decision.Find(name) is { } current && current.SourceId != source.Id)
                        {
                            // Another source declares it now, and that is not for this one to undo.
                            continue;
                        }

                        decision.Because(name, $"{source.Type}:{source.Target}");
                        if (past.GetValueOrDefault(name) is { } version)
                        {
                            var declaration = EntityHistory.Row(version).Declaration;
                            decision.Restore(declaration, decision.Find(name)?.Uid ?? version.Uid);
                        }
                        else
                        {
                            decision.Remove(name);
                        }
                    }

                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        await audit.Record(
            new AuditEntry(by, "catalog.source.restored", string.Create(CultureInfo.InvariantCulture, $"{source.Type}:{source.Target} to {moment.UtcDateTime:u}")), cancellationToken);
        return difference;
    }

    /// <summary>Lets a paused source be read again, from the beginning.</summary>
    public async Task Resume(SourceRow source, Caller by, CancellationToken cancellationToken)
    {
        await places.Pause(source.Id, why: null, cancellationToken);
        var all = (await places.PlacesOf(source.Id, cancellationToken)).Select(place => place.Id).ToList();
        await work.Add(all, RefreshOrder.Everything(by), cancellationToken);
        await audit.Record(new AuditEntry(by, "catalog.source.resumed", $"{source.Type}:{source.Target}"), cancellationToken);
    }
}

/// <summary>What differs between a source now and at a moment.</summary>
/// <param name="Back">Entities that were there and are not.</param>
/// <param name="Reverted">Entities that were otherwise.</param>
/// <param name="Gone">Entities that were not there.</param>
internal sealed record SourceDifference(long Sequence, IReadOnlyList<string> Back, IReadOnlyList<string> Reverted, IReadOnlyList<string> Gone);
