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
    Task<InboxPage> List(EntityRef person, InboxQuery query, CancellationToken cancellationToken);

    Task<InboxItem?> Find(EntityRef person, Guid id, CancellationToken cancellationToken);

    Task<long> CountUnread(EntityRef person, CancellationToken cancellationToken);

    /// <summary>The topics of a person's notifications and how many there are of each, by name.</summary>
    Task<IReadOnlyList<InboxTopic>> Topics(EntityRef person, CancellationToken cancellationToken);

    /// <summary>Marks as read or unread. Nothing named: all. Tells how many were not so before.</summary>
    Task<int> Mark(EntityRef person, IReadOnlyCollection<Guid>? items, bool read, CancellationToken cancellationToken);
}

/// <summary>Which of a person's notifications, and which part of them.</summary>
public sealed record InboxQuery
{
    public bool UnreadOnly { get; init; }

    /// <summary>A topic, or the id of a plugin for all of its topics.</summary>
    public string? Topic { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>Only those that have this somewhere in title or body, without regard to case.</summary>
    public string? Text { get; init; }

    public EntityRef? Entity { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = 50;
}

/// <param name="Total">How many there are on all pages.</param>
/// <param name="Unread">How many of these are unread.</param>
public sealed record InboxPage(IReadOnlyList<InboxItem> Items, long Total, long Unread);

public sealed record InboxTopic(string Topic, long Total, long Unread);

public sealed record InboxItem(
    Guid Id, string Topic, string Title, string? Body, string? Href, Severity Severity, string? Entity, DateTimeOffset SentAt, DateTimeOffset? ReadAt);
