using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>Asks the catalog about groups, people and what they own, for whoever looks.</summary>
internal sealed class SquadReading(ICatalog catalog, OrgShape shape)
{
    public static readonly EntityFilter Groups = EntityFilter.OfKind("Group");

    public static readonly EntityFilter People = EntityFilter.OfKind("User");

    private const string ByName = "metadata.name";

    /// <summary>The groups right below a group; without one, where the tree begins.</summary>
    public EntityFilter Level(EntityRef? parent) => parent is { } group
        ? new EntityFilter.AllOf(Groups, new EntityFilter.Has("relations.childOf", group.ToString()))
        : new EntityFilter.AllOf(
            Groups, new EntityFilter.AnyOf(new EntityFilter.Not(new EntityFilter.Exists("relations.childOf")), new EntityFilter.Among(shape.Current.Tops)));

    public static EntityFilter MembersOf(params IReadOnlyCollection<EntityRef> groups) =>
        new EntityFilter.AllOf(People, new EntityFilter.Has("relations.memberOf", [.. groups.Select(group => group.ToString())]));

    public static EntityFilter OwnedBy(params IReadOnlyCollection<EntityRef> owners) =>
        new EntityFilter.Has("relations.ownedBy", [.. owners.Select(owner => owner.ToString())]);

    public async ValueTask<SquadPage> List(EntityFilter filter, string? text, int offset, int limit, Caller caller, CancellationToken cancellationToken)
    {
        var page = await catalog.List(
            new EntityQuery
            {
                Filter = filter, Text = text, TextFields = ["metadata.name", "metadata.title", "spec.profile.displayName", "metadata.description"], OrderBy = ByName, Offset = offset, Limit = limit,
            },
            caller, cancellationToken);
        var squads = new List<Squad>(page.Items.Count);
        foreach (var entity in page.Items)
        {
            squads.Add(await Count(entity, caller, cancellationToken));
        }

        // All of them on one page are ordered as they are read.
        return new SquadPage(page.Total <= limit && offset == 0 ? [.. squads.OrderBy(squad => squad.Entity.Title, StringComparer.OrdinalIgnoreCase)] : squads, page.Total);
    }

    public async ValueTask<Squad> Count(Entity entity, Caller caller, CancellationToken cancellationToken) => new(
        entity,
        await catalog.Count(Level(entity.Ref), caller, cancellationToken),
        await catalog.Count(MembersOf(entity.Ref), caller, cancellationToken),
        await catalog.Count(OwnedBy(entity.Ref), caller, cancellationToken));
}

internal sealed record SquadPage(IReadOnlyList<Squad> Squads, long Total);

/// <summary>A group, and how many there are right below it, in it, and of its own.</summary>
public sealed record Squad(Entity Entity, long Children, long Members, long Owned);
