using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>
/// Reads groups and people for whoever looks: how they hang together from the directory, which knows it by heart, and what of it
/// one may see from the catalog.
/// </summary>
internal sealed class SquadReading(ICatalog catalog, IReadFilter filter, IDirectory directory, OrgShape shape, SquadSizes sizes)
{
    public static readonly EntityFilter Groups = EntityFilter.OfKind("Group");

    public static readonly EntityFilter People = EntityFilter.OfKind("User");

    /// <summary>For whoever sees only a part, people of groups below are counted with a group as long as these are so many on a page.</summary>
    private const int MostWithin = 150;

    public static EntityFilter MembersOf(params IReadOnlyCollection<EntityRef> groups) => new EntityFilter.AllOf(People, InGroups(groups));

    /// <summary>
    /// The groups right below a group, by name; without one, those where the tree begins. What one may see below what one may not see
    /// stands there too: of the groups above it no more is known than that.
    /// </summary>
    public async ValueTask<IReadOnlyList<Group>> Level(EntityRef? parent, Caller caller, CancellationToken cancellationToken) =>
        parent is { } group ? await Visible(directory.ChildrenOf(group), caller, cancellationToken)
        : await SeesEverything(caller, cancellationToken) ? shape.Current.Tops
        : Shape.Of(await Visible(directory.Groups, caller, cancellationToken)).Tops;

    /// <summary>Those of some groups that a caller may see.</summary>
    public async ValueTask<IReadOnlyList<Group>> Visible(IReadOnlyList<Group> groups, Caller caller, CancellationToken cancellationToken)
    {
        if (groups.Count == 0 || await SeesEverything(caller, cancellationToken))
        {
            return groups;
        }

        var themselves = new GraphQuery([.. groups.Select(group => group.Ref)]) { Depth = 0, WithEdges = false, MaxNodes = groups.Count };
        var found = await catalog.Graph(themselves, caller, cancellationToken);
        var visible = found.Nodes.Where(node => node.Entity is not null).Select(node => node.Ref).ToHashSet();
        return [.. groups.Where(group => visible.Contains(group.Ref))];
    }

    /// <summary>The names of those of some groups that a caller may see. Of others no more is known than who names them.</summary>
    public async ValueTask<IReadOnlyDictionary<EntityRef, string>> NamesOf(IEnumerable<EntityRef> groups, Caller caller, CancellationToken cancellationToken) =>
        (await Visible([.. groups.Distinct().Select(directory.FindGroup).OfType<Group>()], caller, cancellationToken)).ToDictionary(group => group.Ref, group => group.Name);

    /// <summary>Whether nothing is hidden from a caller, so that the directory can be told as it is.</summary>
    private async ValueTask<bool> SeesEverything(Caller caller, CancellationToken cancellationToken) =>
        await filter.ScopeOf(caller, cancellationToken) is EntityFilter.AllOf { Filters.Count: 0 };

    /// <summary>A part of the people of a group, by name; with those of the groups below if that is asked for.</summary>
    public async ValueTask<EntityPage> Members(EntityRef group, bool withBelow, int offset, int limit, Caller caller, CancellationToken cancellationToken)
    {
        if (!withBelow || !await SeesEverything(caller, cancellationToken))
        {
            return await catalog.List(
                new EntityQuery { Filter = MembersOf(withBelow ? directory.GroupsWithin(group) : [group]), OrderBy = "spec.profile.displayName", Offset = offset, Limit = limit }, caller, cancellationToken);
        }

        // The directory has them in order already, and thousands of groups would be a long question.
        var people = directory.MembersOf(group);
        var found = await catalog.Find([.. people.Skip(offset).Take(limit).Select(person => person.Ref)], caller, cancellationToken);
        return new EntityPage([.. found.OfType<Entity>()], people.Count);
    }

    /// <summary>How many groups are right below each of some.</summary>
    public async ValueTask<IReadOnlyDictionary<EntityRef, long>> ChildrenOf(IReadOnlyCollection<Group> groups, Caller caller, CancellationToken cancellationToken) =>
        await Counts("relations.childOf", groups, caller, cancellationToken);

    /// <summary>How much there is to each of some groups: people and things of a group and of all below it.</summary>
    public async ValueTask<IReadOnlyList<Squad>> Counted(IReadOnlyList<Group> groups, Caller caller, CancellationToken cancellationToken)
    {
        var children = await ChildrenOf(groups, caller, cancellationToken);
        var members = await Counts("relations.memberOf", groups, caller, cancellationToken);
        var owned = await Counts("relations.ownedBy", children.Count > 0 ? null : groups, caller, cancellationToken);
        var seesEverything = await SeesEverything(caller, cancellationToken);
        var asked = 0;
        var squads = new List<Squad>(groups.Count);
        foreach (var group in groups)
        {
            var squad = new Squad(group, children.GetValueOrDefault(group.Ref), members.GetValueOrDefault(group.Ref), owned.GetValueOrDefault(group.Ref));
            if (squad.Children > 0)
            {
                // The directory tells at once who is below; for whoever sees a part of them the catalog counts, as long as that is no long question.
                var within = directory.GroupsWithin(group.Ref);
                var isLong = !seesEverything && (asked += within.Count) > MostWithin;
                squad = squad with
                {
                    Members = seesEverything ? sizes.Of(group.Ref) : isLong ? squad.Members : await catalog.Count(InGroups(within), caller, cancellationToken),
                    Owned = within.Sum(below => owned.GetValueOrDefault(below)),
                    HasOnlyDirectMembers = isLong,
                };
            }

            squads.Add(squad);
        }

        return squads;
    }

    private static EntityFilter.Has InGroups(IReadOnlyCollection<EntityRef> groups) => new EntityFilter.Has("relations.memberOf", [.. groups.Select(group => group.ToString())]);

    /// <param name="groups">Nothing, if all are wanted.</param>
    private async ValueTask<Dictionary<EntityRef, long>> Counts(string relation, IReadOnlyCollection<Group>? groups, Caller caller, CancellationToken cancellationToken)
    {
        var wanted = groups?.Select(group => group.Ref).ToHashSet();
        var counts = new Dictionary<EntityRef, long>();
        if (wanted is not { Count: 0 })
        {
            var having = wanted is null ? EntityFilter.Everything : new EntityFilter.Has(relation, [.. wanted.Select(group => group.ToString())]);
            foreach (var found in await catalog.Facet(relation, having, caller, cancellationToken))
            {
                if (EntityRef.TryParse(found.Value, provider: null, out var group) && wanted?.Contains(group) != false)
                {
                    counts[group] = found.Count;
                }
            }
        }

        return counts;
    }
}

/// <summary>A group, how many groups are right below it, and how many people and things it has with all below it.</summary>
public sealed record Squad(Group Group, long Children, long Members, long Owned)
{
    /// <summary>Those in groups below are too many to count for whoever sees a part of them.</summary>
    public bool HasOnlyDirectMembers { get; init; }

    public EntityRef Ref => Group.Ref;
}
