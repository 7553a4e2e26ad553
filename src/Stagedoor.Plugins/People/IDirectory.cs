namespace Stagedoor.Plugins;

/// <summary>
/// The people and groups of the organisation: those of the catalog. It answers from memory and knows no caller, so what a page shows
/// of them it asks <see cref="ICatalog"/> for.
/// </summary>
public interface IDirectory
{
    /// <summary>Grows whenever an answer may have changed, so that what was made of answers can be kept until then.</summary>
    long Revision { get; }

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

    /// <summary>The groups right below a group, by name.</summary>
    IReadOnlyList<Group> ChildrenOf(EntityRef group);

    /// <summary>A group and all groups below it, each once, the nearest first.</summary>
    IReadOnlyList<EntityRef> GroupsWithin(EntityRef group);
}

public sealed record Person(EntityRef Ref, string Name)
{
    public string? Email { get; init; }

    /// <summary>An address of a picture: a path of this portal, or https.</summary>
    public string? Picture { get; init; }

    public string? Description { get; init; }

    /// <summary>The groups one belongs to directly. They need not exist.</summary>
    public IReadOnlyList<EntityRef> MemberOf { get; init; } = [];
}

public sealed record Group(EntityRef Ref, string Name)
{
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>As of a person.</summary>
    public string? Picture { get; init; }

    /// <summary>The group it says it belongs to, which need not exist.</summary>
    public EntityRef? Parent { get; init; }

    /// <summary>Further groups that say it belongs to them.</summary>
    public IReadOnlyList<EntityRef> OtherParents { get; init; } = [];

    /// <summary>The groups that it names as its children itself. Those that only name it as their parent are not among them.</summary>
    public IReadOnlyList<EntityRef> NamedChildren { get; init; } = [];
}
