namespace Stagedoor.Plugins;

/// <summary>Tells people something. It goes to their inbox.</summary>
public interface INotify
{
    Task Send(Notification notification, CancellationToken cancellationToken);
}

public enum Severity
{
    Info,
    Success,
    Warning,
    Critical,
}

/// <param name="Recipients">People and groups; a group means each of its members, children included.</param>
/// <param name="Topic">What it is about, as plugin and noun, so that people can filter: <c>dead-letters.growth</c>.</param>
public sealed record Notification(IReadOnlyCollection<EntityRef> Recipients, string Topic, string Title)
{
    public string? Body { get; init; }

    /// <summary>The page to look at, with a leading slash.</summary>
    public string? Href { get; init; }

    public Severity Severity { get; init; }

    /// <summary>A later notification of the same key replaces an earlier one that the person has not read.</summary>
    public string? Key { get; init; }

    public EntityRef? Entity { get; init; }
}

/// <summary>A person's notifications.</summary>
public interface IInbox
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<InboxItem>> List(EntityRef person, bool unreadOnly, int offset, int limit, CancellationToken cancellationToken);

    Task<long> CountUnread(EntityRef person, CancellationToken cancellationToken);

    /// <summary>Marks as read or unread. Nothing named: all.</summary>
    Task Mark(EntityRef person, IReadOnlyCollection<Guid>? items, bool read, CancellationToken cancellationToken);
}

public sealed record InboxItem(
    Guid Id, string Topic, string Title, string? Body, string? Href, Severity Severity, string? Entity, DateTimeOffset SentAt, DateTimeOffset? ReadAt);
