using Stagedoor.Plugins;

namespace Stagedoor.Home.Announcements;

/// <summary>What everybody is told on the start page for a while.</summary>
/// <param name="Revision">Grows when those who have put it away are to see it again.</param>
internal sealed record Announcement(
    Guid Id, int Revision, string Title, string? Body, Severity Severity, string? Link, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, EntityRef WrittenBy, DateTimeOffset ChangedAt)
{
    /// <summary>By which a person puts it away.</summary>
    public string Key => $"{Id:N}.{Revision}";

    public AnnouncementState At(DateTimeOffset now) =>
        EndsAt <= now ? AnnouncementState.Ended : StartsAt > now ? AnnouncementState.Planned : AnnouncementState.Shown;
}

internal enum AnnouncementState
{
    Planned,
    Shown,
    Ended,
}

/// <summary>An announcement as the start page shows it, wherever it was written.</summary>
internal sealed record Notice(string Key, string Title, string? Text, Severity Severity, string? Link, DateTimeOffset? From);
