namespace Stagedoor.Plugins;

/// <summary>
/// The catalog this replica serves has changed: published on each replica, after readers see the change.
/// Many changes at once come as one event, and one that was missed is not repeated: look at the catalog then.
/// </summary>
public sealed record CatalogChanged(long Sequence, IReadOnlyList<EntityChange> Changes);

/// <summary>One line of the catalog's change log.</summary>
public sealed record EntityChange(long Sequence, EntityRef Entity, EntityChangeKind Kind, DateTimeOffset At);

public enum EntityChangeKind
{
    Created,
    Updated,
    Deleted,

    /// <summary>Only what the portal says about it has changed: an error, a missing parent, a source that fails.</summary>
    Status,
}
