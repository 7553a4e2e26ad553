using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>
/// The people and groups of one moment, arranged so that no question looks at all of them. It never changes: a change makes
/// another one.
/// </summary>
internal sealed class OrganisationDirectory : IDirectory
{
    private readonly Dictionary<EntityRef, Person> _people;
    private readonly Dictionary<EntityRef, Group> _groups;
    private readonly Dictionary<EntityRef, List<int>> _members = [];
    private readonly Dictionary<EntityRef, List<Group>> _children = [];
    private readonly Person[] _byName;

    public OrganisationDirectory(IReadOnlyCollection<Person> people, IReadOnlyCollection<Group> groups)
    {
        _byName = [.. people.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase).ThenBy(person => person.Ref.ToString(), StringComparer.Ordinal)];
        Groups = [.. groups.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase).ThenBy(group => group.Ref.ToString(), StringComparer.Ordinal)];
        _people = people.ToDictionary(person => person.Ref);
        _groups = groups.ToDictionary(group => group.Ref);
        for (var i = 0; i < _byName.Length; i++)
        {
            foreach (var group in _byName[i].MemberOf)
            {
                Under(_members, group).Add(i);
            }
        }

        foreach (var group in Groups)
        {
            foreach (var parent in ParentsOf(group))
            {
                Under(_children, parent).Add(group);
            }
        }
    }

    public static OrganisationDirectory Empty { get; } = new([], []);

    public long Revision => 0;

    public IReadOnlyList<Person> People => _byName;

    public IReadOnlyList<Group> Groups { get; }

    public Person? FindPerson(EntityRef person) => _people.GetValueOrDefault(person);

    public Group? FindGroup(EntityRef group) => _groups.GetValueOrDefault(group);

    public IReadOnlyList<Group> ChildrenOf(EntityRef group) => _children.GetValueOrDefault(group) ?? [];

    public IReadOnlyList<EntityRef> GroupsOf(EntityRef person) =>
        FindPerson(person) is { MemberOf: { Count: > 0 } direct } ? Reach(direct, group => FindGroup(group) is { } known ? ParentsOf(known) : []) : [];

    public IReadOnlyList<EntityRef> GroupsWithin(EntityRef group) => Reach([group], at => ChildrenOf(at).Select(child => child.Ref));

    public IReadOnlyList<Person> DirectMembersOf(EntityRef group) => Named(_members.GetValueOrDefault(group) ?? []);

    public IReadOnlyList<Person> MembersOf(EntityRef group)
    {
        var within = GroupsWithin(group);
        return within.Count == 1
            ? DirectMembersOf(group)
            : Named(new SortedSet<int>(within.SelectMany(at => _members.GetValueOrDefault(at) ?? [])));
    }

    public static IEnumerable<EntityRef> ParentsOf(Group group) => group.Parent is { } parent ? [parent, .. group.OtherParents] : group.OtherParents;

    /// <summary>Everything that can be reached, each once, the nearest first: a cycle ends where it began.</summary>
    private static List<EntityRef> Reach(IEnumerable<EntityRef> from, Func<EntityRef, IEnumerable<EntityRef>> next)
    {
        var seen = new HashSet<EntityRef>();
        var found = new List<EntityRef>();
        foreach (var start in from)
        {
            if (seen.Add(start))
            {
                found.Add(start);
            }
        }

        for (var i = 0; i < found.Count; i++)
        {
            foreach (var further in next(found[i]))
            {
                if (seen.Add(further))
                {
                    found.Add(further);
                }
            }
        }

        return found;
    }

    private Person[] Named(IEnumerable<int> places) => [.. places.Select(place => _byName[place])];

    private static List<T> Under<T>(Dictionary<EntityRef, List<T>> lists, EntityRef key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        return list;
    }
}
