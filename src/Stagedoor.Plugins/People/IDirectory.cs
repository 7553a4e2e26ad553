namespace Stagedoor.Plugins;

/// <summary>The people and groups of the organisation.</summary>
public interface IDirectory
{
    /// <summary>All people, by name.</summary>
    IReadOnlyList<Person> People { get; }

    /// <summary>All groups, by name.</summary>
    IReadOnlyList<Group> Groups { get; }

    Person? FindPerson(EntityRef person);

    Group? FindGroup(EntityRef group);

    /// <summary>The groups of a person and all their parents, the nearest first.</summary>
    IReadOnlyList<EntityRef> GroupsOf(EntityRef person);

    /// <summary>The members of a group and of its children, each once.</summary>
    IReadOnlyList<Person> MembersOf(EntityRef group);
}

public sealed record Person(EntityRef Ref, string Name)
{
    public string? Email { get; init; }

    /// <summary>An address of a picture on this portal.</summary>
    public string? Picture { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<EntityRef> MemberOf { get; init; } = [];
}

public sealed record Group(EntityRef Ref, string Name)
{
    public string? Type { get; init; }

    public string? Description { get; init; }

    public EntityRef? Parent { get; init; }
}
