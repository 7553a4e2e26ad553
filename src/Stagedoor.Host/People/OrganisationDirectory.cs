using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>
/// The people and groups of one moment, arranged so that no question looks at all of them. It never changes: a change makes
/// another one.
/// </summary>
internal sealed class OrganisationDirectory : IDirectory
{
    private static readonly IComparer<Person> PeopleByName = Comparer<Person>.Create((one, other) => InOrder(one.Name, one.Ref, other.Name, other.Ref));
    private static readonly IComparer<Group> GroupsByName = Comparer<Group>.Create((one, other) => InOrder(one.Name, one.Ref, other.Name, other.Ref));

    private readonly Dictionary<EntityRef, Person> _people;
    private readonly Dictionary<EntityRef, Group> _groups;
    private readonly Dictionary<EntityRef, List<int>> _members = [];
    private readonly Dictionary<EntityRef, List<Group>> _children = [];
    private readonly Person[] _byName;

    public OrganisationDirectory(IReadOnlyCollection<Person> people, IReadOnlyCollection<Group> groups)
        : this([.. people.Order(PeopleByName)], [.. groups.Order(GroupsByName)])
    {
    }

    private OrganisationDirectory(Person[] people, Group[] groups)
    {
        _byName = people;
        Groups = groups;
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

    public static OrganisationDirectory Empty { get; } = new(Array.Empty<Person>(), Array.Empty<Group>());

    public long Revision => 0;

    public IReadOnlyList<Person> People => _byName;

    public IReadOnlyList<Group> Groups { get; }

    /// <summary>The same with some changes. What is in order stays so: only what has changed is sorted.</summary>
    public OrganisationDirectory With(OrganisationChanges changes) => new(
        Merged(_byName, person => changes.People.ContainsKey(person.Ref), changes.People.Values, PeopleByName),
        Merged(Groups, group => changes.Groups.ContainsKey(group.Ref), changes.Groups.Values, GroupsByName));

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
        if (within.Count == 1)
        {
            return DirectMembersOf(group);
        }

        // By name, since places are.
        var places = within.SelectMany(at => _members.GetValueOrDefault(at) ?? []).ToArray();
        Array.Sort(places);
        return Named(places.Where((place, i) => i == 0 || place != places[i - 1]));
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

    private static T[] Merged<T>(IReadOnlyList<T> before, Func<T, bool> hasChanged, IEnumerable<T?> changed, IComparer<T> order)
        where T : class
    {
        var added = new Queue<T>(changed.OfType<T>().Order(order));
        var merged = new List<T>(before.Count + added.Count);
        foreach (var item in before)
        {
            if (!hasChanged(item))
            {
                while (added.TryPeek(out var next) && order.Compare(next, item) < 0)
                {
                    merged.Add(added.Dequeue());
                }

                merged.Add(item);
            }
        }

        return [.. merged, .. added];
    }

    private static int InOrder(string name, EntityRef reference, string otherName, EntityRef other) =>
        StringComparer.OrdinalIgnoreCase.Compare(name, otherName) is var byName and not 0 ? byName : string.CompareOrdinal(reference.ToString(), other.ToString());

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
