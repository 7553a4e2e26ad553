using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>A person's notifications as rows of <c>portal_inbox</c>. The number of unread ones stands on every page, so it is remembered.</summary>
internal sealed class Inbox(IDatabase database, UnreadCounts counts, TimeProvider time) : IInbox
{
    private const int LongestPage = 200;

    public async Task<IReadOnlyList<InboxItem>> List(EntityRef person, bool unreadOnly, int offset, int limit, CancellationToken cancellationToken)
    {
        var only = unreadOnly ? "and read_at is null" : "";
        var rows = await database.Query<InboxRow>(
            $"""
            select id, topic, title, body, href, severity, entity, sent_at, read_at from portal_inbox
            where person = @person {only} order by sent_at desc, id desc limit @limit offset @offset
            """,
            new { person = person.ToString(), offset = Math.Max(0, offset), limit = Math.Clamp(limit, 0, LongestPage) },
            cancellationToken);
        return [.. rows.Select(row => row.ToItem())];
    }

    public Task<long> CountUnread(EntityRef person, CancellationToken cancellationToken) => counts.Of(person.ToString(), cancellationToken).AsTask();

    public async Task Mark(EntityRef person, IReadOnlyCollection<Guid>? items, bool read, CancellationToken cancellationToken)
    {
        if (items is { Count: 0 })
        {
            return;
        }

        var only = items is null ? "" : "and id in @items";
        var change = read ? "set read_at = @now where read_at is null" : "set read_at = null where read_at is not null";
        await database.Transaction(
            async transaction =>
            {
                await transaction.Execute(
                    $"update portal_inbox {change} and person = @person {only}",
                    new { person = person.ToString(), items = items ?? [], now = time.GetUtcNow() },
                    cancellationToken);
                await transaction.Notify(UnreadCounts.Channel, person.ToString(), cancellationToken);
            },
            cancellationToken);
        counts.Forget(person.ToString());
    }

    private sealed class InboxRow
    {
        public Guid Id { get; init; }

        public string Topic { get; init; } = "";

        public string Title { get; init; } = "";

        public string? Body { get; init; }

        public string? Href { get; init; }

        public string Severity { get; init; } = "";

        public string? Entity { get; init; }

        public DateTimeOffset SentAt { get; init; }

        public DateTimeOffset? ReadAt { get; init; }

        public InboxItem ToItem() => new(Id, Topic, Title, Body, Href, Words.Read<Severity>(Severity), Entity, SentAt, ReadAt);
    }
}
