using Stagedoor.Plugins;

namespace Stagedoor.Host.People;

/// <summary>The people and groups of a portal whose organisation was read once, at start.</summary>
internal sealed class OrganisationDirectory : IDirectory
{
    private readonly Dictionary<EntityRef, Person> _people;
    private readonly Dictionary<EntityRef, Group> _groups;

    public OrganisationDirectory(IReadOnlyList<Person> people, IReadOnlyList<Group> groups)
    {
        People = [.. people.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)];
        Groups = [.. groups.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)];
        _people = people.ToDictionary(person => person.Ref);
        _groups = groups.ToDictionary(group => group.Ref);
    }

    public static OrganisationDirectory Empty { get; } = new([], []);

    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<Group> Groups { get; }

    public Person? FindPerson(EntityRef person) => _people.GetValueOrDefault(person);

    public Group? FindGroup(EntityRef group) => _groups.GetValueOrDefault(group);

    public IReadOnlyList<EntityRef> GroupsOf(EntityRef person)
    {
        var found = new List<EntityRef>();
        var next = new Queue<EntityRef>(FindPerson(person)?.MemberOf ?? []);
        while (next.TryDequeue(out var group))
        {
            // A cycle of parents ends here, too.
            if (found.Contains(group))
            {
                continue;
            }

            found.Add(group);
            if (FindGroup(group)?.Parent is { } parent)
            {
                next.Enqueue(parent);
            }
        }

        return found;
    }

    public IReadOnlyList<Person> MembersOf(EntityRef group) => [.. People.Where(person => GroupsOf(person.Ref).Contains(group))];
}
