using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>A person's notifications as rows of <c>portal_inbox</c>. The number of unread ones stands on every page, so it is remembered.</summary>
internal sealed class Inbox(IDatabase database, UnreadCounts counts, TimeProvider time) : IInbox
{
    public const int LongestPage = 200;
    private const int LongestText = 200;
    private const string Columns = "id, topic, title, body, href, severity, entity, sent_at, read_at";

    public async Task<InboxPage> List(EntityRef person, InboxQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var args = new
        {
            person = person.ToString(),
            topic = query.Topic,
            topics = query.Topic is { } topic ? Pattern(topic, before: "", after: ".%") : null,
            severity = query.Severity?.Word(),
            text = query.Text?.Trim() is { Length: > 0 } text ? Pattern(CutText.Start(text, LongestText), before: "%", after: "%") : null,
            entity = query.Entity?.ToString(),
            offset = Math.Max(0, query.Offset),
            limit = Math.Clamp(query.Limit, 0, LongestPage),
        };
        var where =
            """
            where person = @person
                and (@topic is null or topic = @topic or topic like @topics escape '\')
                and (@severity is null or severity = @severity)
                and (@entity is null or entity = @entity)
                and (@text is null or lower(title) like lower(@text) escape '\' or lower(body) like lower(@text) escape '\')
            """;
        var only = query.UnreadOnly ? "and read_at is null" : "";
        var found = await database.Find<Counted>(
            $"select count(*) as total, count(case when read_at is null then 1 end) as unread from portal_inbox {where}", args, cancellationToken);
        var rows = await database.Query<InboxRow>(
            $"select {Columns} from portal_inbox {where} {only} order by sent_at desc, id desc limit @limit offset @offset", args, cancellationToken);
        return new InboxPage([.. rows.Select(row => row.ToItem())], query.UnreadOnly ? found!.Unread : found!.Total, found.Unread);
    }

    public async Task<InboxItem?> Find(EntityRef person, Guid id, CancellationToken cancellationToken) =>
        (await database.Find<InboxRow>(
            $"select {Columns} from portal_inbox where id = @id and person = @person", new { id, person = person.ToString() }, cancellationToken))?.ToItem();

    public Task<long> CountUnread(EntityRef person, CancellationToken cancellationToken) => counts.Of(person.ToString(), cancellationToken).AsTask();

    public Task<IReadOnlyList<InboxTopic>> Topics(EntityRef person, CancellationToken cancellationToken) =>
        database.Query<InboxTopic>(
            """
            select topic, count(*) as total, count(case when read_at is null then 1 end) as unread
            from portal_inbox where person = @person group by topic order by topic
            """,
            new { person = person.ToString() },
            cancellationToken);

    public async Task<int> Mark(EntityRef person, IReadOnlyCollection<Guid>? items, bool read, CancellationToken cancellationToken)
    {
        if (items is { Count: 0 })
        {
            return 0;
        }

        var only = items is null ? "" : "and id in @items";
        var change = read ? "set read_at = @now where read_at is null" : "set read_at = null where read_at is not null";
        var changed = await database.Transaction(
            async transaction =>
            {
                var rows = await transaction.Execute(
                    $"update portal_inbox {change} and person = @person {only}",
                    new { person = person.ToString(), items = items ?? [], now = time.GetUtcNow() },
                    cancellationToken);
                await transaction.Notify(UnreadCounts.Channel, person.ToString(), cancellationToken);
                return rows;
            },
            cancellationToken);
        counts.Forget(person.ToString());
        return changed;
    }

    /// <summary>Deletes all that somebody was told.</summary>
    public async Task Forget(EntityRef person, CancellationToken cancellationToken)
    {
        await database.Transaction(
            async transaction =>
            {
                await transaction.Execute("delete from portal_inbox where person = @person", new { person = person.ToString() }, cancellationToken);
                await transaction.Notify(UnreadCounts.Channel, person.ToString(), cancellationToken);
            },
            cancellationToken);
        counts.Forget(person.ToString());
    }

    /// <summary>All there are, the newest first: read by id, so that what arrives meanwhile neither moves nor doubles any.</summary>
    public async Task<IReadOnlyList<InboxItem>> All(EntityRef person, CancellationToken cancellationToken)
    {
        var all = new List<InboxItem>();
        for (var after = Guid.Empty; ;)
        {
            var rows = await database.Query<InboxRow>(
                $"select {Columns} from portal_inbox where person = @person and id > @after order by id limit @LongestPage",
                new { person = person.ToString(), after, LongestPage },
                cancellationToken);
            all.AddRange(rows.Select(row => row.ToItem()));
            if (rows.Count < LongestPage)
            {
                return [.. all.OrderByDescending(item => item.SentAt).ThenByDescending(item => item.Id)];
            }

            after = rows[^1].Id;
        }
    }

    private static string Pattern(string text, string before, string after) =>
        before + text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + after;

    private sealed record Counted(long Total, long Unread);

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
