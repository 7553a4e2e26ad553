namespace Stagedoor.Plugins;

/// <summary>What a person can mark an entity with.</summary>
public enum EntityMark
{
    /// <summary>They want to find it again quickly.</summary>
    Star,

    /// <summary>They want to be told when something happens to it.</summary>
    Subscription,
}

/// <summary>The entities that people have marked. It is kept on the server, with their personal settings.</summary>
public interface IEntityMarks
{
    /// <summary>What a person has marked, the latest first. It need not exist any more.</summary>
    ValueTask<IReadOnlyList<EntityRef>> Of(EntityRef person, EntityMark mark, CancellationToken cancellationToken);

    Task Set(EntityRef person, EntityMark mark, EntityRef entity, bool on, CancellationToken cancellationToken);

    /// <summary>The people who have marked an entity.</summary>
    ValueTask<IReadOnlyList<EntityRef>> WhoHas(EntityMark mark, EntityRef entity, CancellationToken cancellationToken);

    /// <summary>All entities that anybody has marked. It answers from memory.</summary>
    ValueTask<IReadOnlySet<EntityRef>> Marked(EntityMark mark, CancellationToken cancellationToken);
}

/// <summary>Which entities a person looks at.</summary>
public interface IVisits
{
    /// <summary>Notes a visit. It is written a little later, and never holds up a page.</summary>
    void Note(EntityRef person, EntityRef entity);

    /// <summary>The latest first.</summary>
    ValueTask<IReadOnlyList<Visit>> Of(EntityRef person, CancellationToken cancellationToken);

    /// <summary>Deletes what is known of a person's visits.</summary>
    Task Forget(EntityRef person, CancellationToken cancellationToken);
}

public sealed record Visit(EntityRef Entity, int Times, DateTimeOffset LastAt);
