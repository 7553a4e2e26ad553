using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Home.Announcements;

/// <summary>The announcements that were written in the portal. Each change leaves a record of who made it.</summary>
internal sealed class AnnouncementStore(IDatabase database, IAudit audit, TimeProvider time)
{
    private const string Columns = "id, revision, title, body, severity, link, starts_at, ends_at, written_by, changed_at";

    public Task<IReadOnlyList<Announcement>> ShownAt(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        database.Query<Announcement>(
            $"select {Columns} from home_announcements where starts_at <= @now and (ends_at is null or ends_at > @now) order by starts_at desc, id desc limit @most", new { now, most }, cancellationToken);

    /// <summary>The latest first.</summary>
    public Task<IReadOnlyList<Announcement>> List(int offset, int limit, CancellationToken cancellationToken) =>
        database.Query<Announcement>($"select {Columns} from home_announcements order by starts_at desc, id desc limit @limit offset @offset", new { offset, limit }, cancellationToken);

    public Task<long> Count(CancellationToken cancellationToken) => database.Find<long>("select count(*) from home_announcements", cancellationToken);

    public Task<Announcement?> Find(Guid id, CancellationToken cancellationToken) =>
        database.Find<Announcement>($"select {Columns} from home_announcements where id = @id", new { id }, cancellationToken);

    public Task Write(Announcement announcement, Caller by, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            var before = await transaction.Find<Announcement>($"select {Columns} from home_announcements where id = @Id", new { announcement.Id }, cancellationToken);
            await transaction.Execute(
                $"""
                insert into home_announcements ({Columns})
                values (@Id, @Revision, @Title, @Body, @Severity, @Link, @StartsAt, @EndsAt, @WrittenBy, @ChangedAt)
                on conflict (id) do update set revision = excluded.revision, title = excluded.title, body = excluded.body, severity = excluded.severity,
                    link = excluded.link, starts_at = excluded.starts_at, ends_at = excluded.ends_at, written_by = excluded.written_by, changed_at = excluded.changed_at
                """,
                announcement with { WrittenBy = by.Ref, ChangedAt = time.GetUtcNow() },
                cancellationToken);
            await audit.Record(
                transaction,
                new AuditEntry(by, before is null ? "home.announced" : "home.announcement-changed", announcement.Title) { Before = Json(before), After = Json(announcement) },
                cancellationToken);
        },
        cancellationToken);

    /// <summary>Ends what is shown or planned. False if it had ended, or was never there.</summary>
    public Task<bool> End(Guid id, Caller by, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            var now = time.GetUtcNow();
            var ended = await transaction.Execute(
                "update home_announcements set ends_at = @now, changed_at = @now where id = @id and (ends_at is null or ends_at > @now)", new { id, now }, cancellationToken) > 0;
            if (ended && await transaction.Find<Announcement>($"select {Columns} from home_announcements where id = @id", new { id }, cancellationToken) is { } announcement)
            {
                await audit.Record(transaction, new AuditEntry(by, "home.announcement-ended", announcement.Title) { After = Json(announcement) }, cancellationToken);
            }

            return ended;
        },
        cancellationToken);

    private static string? Json(Announcement? announcement) => announcement is null ? null : JsonSerializer.Serialize(
        new { announcement.Id, announcement.Title, announcement.Body, Severity = announcement.Severity.ToString(), announcement.Link, announcement.StartsAt, announcement.EndsAt },
        JsonSerializerOptions.Web);
}
