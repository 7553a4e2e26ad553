using System.Globalization;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>What a person does with a source: read it now, confirm what it would delete, pause it.</summary>
internal sealed class Steering(PlaceStore places, RefreshWork work, PlaceRefresh refresh, Removal removal, IAudit audit)
{
    public async Task Refresh(SourceRow source, Caller by, CancellationToken cancellationToken) =>
        await work.Add(await places.ReadablePlacesOf(source.Id, cancellationToken), RefreshOrder.Everything(by), cancellationToken);

    /// <summary>Reads the place again that an entity comes from. False if there is none.</summary>
    public async Task<bool> RefreshEntity(EntityRef entity, Caller by, CancellationToken cancellationToken)
    {
        if (await places.PlaceOf(entity.ToString(), cancellationToken) is not { } place)
        {
            return false;
        }

        await work.Add([place], RefreshOrder.Everything(by), cancellationToken);
        return true;
    }

    public Task RefreshPlace(Guid place, Caller by, CancellationToken cancellationToken) =>
        work.Add([place], RefreshOrder.Everything(by), cancellationToken);

    /// <summary>Reads all places of a source and tells what that would do.</summary>
    public async Task<RefreshOutcome> Try(SourceRow source, CancellationToken cancellationToken)
    {
        var all = new RefreshOutcome();
        foreach (var place in await places.ReadablePlacesOf(source.Id, cancellationToken))
        {
            if (await refresh.Try(place, cancellationToken) is { } outcome)
            {
                all.Files += outcome.Files;
                all.Created += outcome.Created;
                all.Updated += outcome.Updated;
                all.Deleted += outcome.Deleted;
                all.Problems += outcome.Problems;
                all.Error ??= outcome.Error;
                all.CreatedRefs.AddRange(outcome.CreatedRefs);
                all.UpdatedRefs.AddRange(outcome.UpdatedRefs);
                all.DeletedRefs.AddRange(outcome.DeletedRefs);
            }
        }

        return all;
    }

    /// <summary>Lets the deletions that are held back happen, if the next reading still finds them.</summary>
    public async Task ConfirmDeletions(SourceRow source, Caller by, CancellationToken cancellationToken)
    {
        var held = source.HeldOfPlaces();
        await audit.Record(
            new AuditEntry(by, "catalog.deletions.confirmed", string.Create(CultureInfo.InvariantCulture, $"{source.Type}:{source.Target}, {held.Values.Sum(refs => refs.Count)} entities")),
            cancellationToken);
        await work.Add([.. held.Keys], new RefreshOrder { DeleteHeld = true, By = by.Ref.ToString() }, cancellationToken);
    }

    public async Task Pause(SourceRow source, string why, Caller by, CancellationToken cancellationToken)
    {
        await places.Pause(source.Id, why, cancellationToken);
        await audit.Record(new AuditEntry(by, "catalog.source.paused", $"{source.Type}:{source.Target}") { Reason = why }, cancellationToken);
    }

    public async Task<bool> DeleteEntity(EntityRef entity, Caller by, CancellationToken cancellationToken)
    {
        var declaring = await removal.DeleteEntity(entity.ToString(), by.Ref.ToString(), cancellationToken);
        if (declaring.Count == 0)
        {
            return false;
        }

        await audit.Record(new AuditEntry(by, "catalog.entity.deleted", entity.ToString()) { Entity = entity }, cancellationToken);
        await work.Add(declaring, new RefreshOrder { ReadAll = true, IsUrgent = true }, cancellationToken);
        return true;
    }
}
