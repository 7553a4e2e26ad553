using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>The people and groups that the catalog has, as the directory tells of them.</summary>
internal sealed record OrganisationReading(Dictionary<EntityRef, Person> People, Dictionary<EntityRef, Group> Groups)
{
    public static readonly EntityFilter AllPeople = EntityFilter.OfKind("User");

    public static readonly EntityFilter AllGroups = EntityFilter.OfKind("Group");

    private const int AtOnce = 2000;

    /// <summary>Beyond this reading everything costs less than looking at each.</summary>
    private const int ManyChanges = 5000;

    /// <summary>What a company writes about a person is shown in a line; more is on their page.</summary>
    private const int LongestText = 500;

    public static bool IsOfPeople(EntityRef entity) => IsPerson(entity) || IsGroup(entity);

    public static async Task<OrganisationReading> All(ICatalog catalog, CancellationToken cancellationToken)
    {
        var reading = new OrganisationReading([], []);
        await ReadAll(catalog, AllPeople, reading, cancellationToken);
        await ReadAll(catalog, AllGroups, reading, cancellationToken);
        return reading;
    }

    /// <summary>
    /// Looks again at what has changed, and at what that has to do with: the members that a group names change with it.
    /// </summary>
    /// <returns>Nothing, if too much has changed for that.</returns>
    public static async Task<OrganisationChanges?> Again(OrganisationDirectory before, IReadOnlySet<EntityRef> changed, ICatalog catalog, CancellationToken cancellationToken)
    {
        if (changed.Count > ManyChanges)
        {
            return null;
        }

        var concerned = new HashSet<EntityRef>(changed);
        var groups = changed.Where(IsGroup).ToList();
        foreach (var group in groups)
        {
            concerned.UnionWith(before.DirectMembersOf(group).Select(person => person.Ref));
            concerned.UnionWith(before.ChildrenOf(group).Select(child => child.Ref));
            if (concerned.Count > ManyChanges)
            {
                return null;
            }
        }

        foreach (var group in await catalog.Find(groups, Caller.Portal, cancellationToken))
        {
            concerned.UnionWith((group?.Relations ?? []).Where(relation => relation.Type is "hasMember" or "parentOf").Select(relation => relation.Target).Where(IsOfPeople));
            if (concerned.Count > ManyChanges)
            {
                return null;
            }
        }

        var changes = new OrganisationChanges([], []);
        foreach (var some in concerned.Chunk(AtOnce))
        {
            var found = await catalog.Find(some, Caller.Portal, cancellationToken);
            for (var i = 0; i < some.Length; i++)
            {
                changes.Note(some[i], found[i], before);
            }
        }

        return changes;
    }

    /// <summary>Whether it tells nothing that was not known before.</summary>
    public bool IsAs(OrganisationDirectory before) =>
        People.Count == before.People.Count && Groups.Count == before.Groups.Count
        && before.People.All(person => People.TryGetValue(person.Ref, out var now) && IsSame(person, now))
        && before.Groups.All(group => Groups.TryGetValue(group.Ref, out var now) && IsSame(group, now));

    private static async Task ReadAll(ICatalog catalog, EntityFilter which, OrganisationReading reading, CancellationToken cancellationToken)
    {
        for (var offset = 0; ; offset += AtOnce)
        {
            var page = await catalog.List(new EntityQuery { Filter = which, Offset = offset, Limit = AtOnce }, Caller.Portal, cancellationToken);
            foreach (var entity in page.Items)
            {
                reading.Put(entity);
            }

            if (page.Items.Count < AtOnce)
            {
                return;
            }
        }
    }

    private void Put(Entity entity)
    {
        if (IsPerson(entity.Ref))
        {
            People[entity.Ref] = PersonOf(entity);
        }
        else
        {
            Groups[entity.Ref] = GroupOf(entity);
        }
    }

    public static Person PersonOf(Entity entity) => new(entity.Ref, Line(entity.Title)!)
    {
        Email = Line(entity.Text("spec.profile.email")),
        Picture = entity.Picture,
        Description = Line(entity.Description),
        MemberOf = GroupsIn(entity, "memberOf"),
    };

    public static Group GroupOf(Entity entity)
    {
        var parents = GroupsIn(entity, "childOf");
        EntityRef? named = EntityRef.TryParse(entity.Text("spec.parent"), "group", entity.Namespace, out var parent) ? parent : parents.Length > 0 ? parents[0] : null;
        return new Group(entity.Ref, Line(entity.Title)!)
        {
            Type = Line(entity.Type),
            Description = Line(entity.Description),
            Picture = entity.Picture,
            Parent = named,
            OtherParents = [.. parents.Where(other => other != named)],
            NamedChildren =
            [
                .. entity.Texts("spec.children")
                    .Select(text => EntityRef.TryParse(text, "group", entity.Namespace, out var child) ? child : (EntityRef?)null)
                    .OfType<EntityRef>().Where(IsGroup).Distinct(),
            ],
        };
    }

    private static EntityRef[] GroupsIn(Entity entity, string relation) => [.. entity.Related(relation).Where(IsGroup).Distinct()];

    private static string? Line(string? text) => text is null ? null : CutText.To(text, LongestText);

    public static bool IsSame(Person one, Person other) => one with { MemberOf = other.MemberOf } == other && one.MemberOf.SequenceEqual(other.MemberOf);

    public static bool IsSame(Group one, Group other) =>
        one with { OtherParents = other.OtherParents, NamedChildren = other.NamedChildren } == other
        && one.OtherParents.SequenceEqual(other.OtherParents) && one.NamedChildren.SequenceEqual(other.NamedChildren);

    public static bool IsPerson(EntityRef entity) => string.Equals(entity.Kind, "user", StringComparison.OrdinalIgnoreCase);

    private static bool IsGroup(EntityRef entity) => string.Equals(entity.Kind, "group", StringComparison.OrdinalIgnoreCase);
}
