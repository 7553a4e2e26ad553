using System.Globalization;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>A location that somebody registered.</summary>
internal sealed record Location(Guid Id, string Type, string Target, string EntityRef);

/// <summary>Registers, changes and unregisters locations.</summary>
internal sealed class Locations(IDatabase database, PlaceStore places, PlaceReaders readers, RefreshWork work, Removal removal, IAudit audit, TimeProvider time)
{
    private const string Columns = "select id, type, target, location_ref as entity_ref from catalog_sources";

    /// <summary>The types that people may register. Files of the portal's own machine are for its configuration to name.</summary>
    public static readonly IReadOnlyList<string> AllowedTypes = ["url", "git"];

    public Task<IReadOnlyList<Location>> All(CancellationToken cancellationToken) =>
        database.Query<Location>($"{Columns} where origin = 'Registered' and removed_at is null order by id", cancellationToken);

    public Task<Location?> Find(Guid id, CancellationToken cancellationToken) =>
        database.Find<Location>($"{Columns} where id = @id and origin = 'Registered' and removed_at is null", new { id }, cancellationToken);

    public Task<Location?> Find(string type, string target, CancellationToken cancellationToken) =>
        database.Find<Location>($"{Columns} where type = @type and target = @target and origin = 'Registered' and removed_at is null", new { type, target }, cancellationToken);

    public Task<string?> RegisteredBy(Guid id, CancellationToken cancellationToken) =>
        database.Find<string>("select created_by from catalog_sources where id = @id", new { id }, cancellationToken);

    /// <summary>Why a location cannot be registered, whatever is there; nothing if it can.</summary>
    public string? WhyNot(string type, string target) => readers.Find(type)?.WhyNot(new Place(type, target));

    /// <returns>The location, and whether it is new.</returns>
    public async Task<(Location Location, bool IsNew)> Register(string type, string target, bool isOptional, Caller by, CancellationToken cancellationToken)
    {
        var entity = GeneratedLocation.Ref(type, target).ToString();
        var created = false;
        var location = await database.Transaction(
            async transaction =>
            {
                // Two who register the same at once come one after the other.
                await ChangeLog.Alone(transaction, cancellationToken);
                await transaction.Execute(
                    """
                    update catalog_sources set target = target || ' (going ' || cast(id as text) || ')'
                    where type = @type and target = @target and origin = 'Registered' and removed_at is not null
                    """,
                    new { type, target },
                    cancellationToken);
                var former = await transaction.Find<Location>(
                    $"{Columns} where type = @type and target = @target and origin = 'Registered' and removed_at is null", new { type, target }, cancellationToken);
                if (former is not null)
                {
                    return former;
                }

                created = true;
                var now = time.GetUtcNow();
                var source = SourceRow.New(
                    Guid.NewGuid(), SourceOrigin.Registered, Ranks.Registered(now), type, target, target, entity, new SourceSettings { IsOptional = isOptional }, now, by.Ref.ToString());
                await PlaceStore.Put(transaction, source, cancellationToken);
                await audit.Record(transaction, new AuditEntry(by, "catalog.location.registered", $"{type}:{target}"), cancellationToken);
                await Send(transaction, source, by, cancellationToken);
                return new Location(source.Id, type, target, entity);
            },
            cancellationToken);
        return (location, created);
    }

    /// <summary>Lets a location name something else; its entity stays the same one.</summary>
    public Task<Location?> Change(Guid id, string type, string target, Caller by, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var source = await transaction.Find<SourceRow>(
                    "select * from catalog_sources where id = @id and origin = 'Registered' and removed_at is null", new { id }, cancellationToken);
                if (source is null)
                {
                    return null;
                }

                var former = Ids.OfPlace(id, source.Type, source.Target);
                source = source with { Type = type, Target = target, Title = target };
                await PlaceStore.Put(transaction, source, cancellationToken);
                if (former != Ids.OfPlace(id, type, target))
                {
                    // No longer the first place, and listed by nobody: the sweep takes it as an orphan.
                    await transaction.Execute("update catalog_places set depth = 1, due_at = null where id = @former", new { former }, cancellationToken);
                }

                await audit.Record(
                    transaction,
                    new AuditEntry(by, "catalog.location.changed", $"{type}:{target}"),
                    cancellationToken);
                await Send(transaction, source, by, cancellationToken);
                return (Location?)new Location(id, type, target, source.LocationRef!);
            },
            cancellationToken);

    public async Task<bool> Unregister(Guid id, Caller by, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { } location)
        {
            return false;
        }

        var deleted = await removal.DeleteSource(id, by.Ref.ToString(), cancellationToken);
        await audit.Record(
            new AuditEntry(by, "catalog.location.unregistered", string.Create(CultureInfo.InvariantCulture, $"{location.Type}:{location.Target}, {deleted} entities")), cancellationToken);
        return true;
    }

    /// <summary>The entities that go when a location is unregistered: those that no other source declares.</summary>
    public Task<IReadOnlyList<string>> GoingWith(Guid id, CancellationToken cancellationToken) =>
        database.Query<string>(
            """
            select e.ref from catalog_entities e where e.source_id = @id
                and not exists (select 1 from catalog_contenders c where c.ref = e.ref and c.source_id <> @id)
            order by e.ref
            """,
            new { id },
            cancellationToken);

    /// <summary>Reads all places of a location again.</summary>
    public async Task Refresh(Guid id, Caller by, CancellationToken cancellationToken) =>
        await work.Add(await places.ReadablePlacesOf(id, cancellationToken), RefreshOrder.Everything(by), cancellationToken);

    private async Task Send(ITransaction transaction, SourceRow source, Caller by, CancellationToken cancellationToken)
    {
        await work.Add(transaction, [Ids.OfPlace(source.Id, source.Type, source.Target)], new RefreshOrder { IsUrgent = true, By = by.Ref.ToString() }, cancellationToken);
        await transaction.Notify(PlaceWatch.Channel, "", cancellationToken);
    }
}
