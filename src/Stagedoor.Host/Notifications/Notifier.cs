using System.Text.RegularExpressions;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>
/// Puts notifications into the inboxes of people, and of the members of groups as they are at that moment, except of those
/// who have muted the topic.
/// </summary>
internal sealed partial class Notifier(IDatabase database, IDirectory directory, MutedTopics muted, UnreadCounts counts, TimeProvider time) : INotify
{
    private const int LongestTopic = 100;
    private const int LongestTitle = 300;
    private const int LongestBody = 4000;
    private const int LongestHref = 2000;
    private const int LongestKey = 200;
    private const int MostRecipients = 1000;

    /// <summary>So many people are told by name that something changed for them; beyond that it is said to all.</summary>
    private const int FewPeople = 20;

    public async Task Send(Notification notification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        Check(notification);
        var people = PeopleOf(notification.Recipients);
        people.ExceptWith(await muted.WhoMuted(notification.Topic, cancellationToken));
        if (people.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        await database.Transaction(
            async transaction =>
            {
                if (notification.Key is { } key)
                {
                    // Two of one key at once would both find nothing to replace.
                    await transaction.Query<long>(
                        Sql.For(sqlite: "select 1", postgres: "select 1 from pg_advisory_xact_lock(7355608, hashtext(@key))"), new { key }, cancellationToken);
                    foreach (var some in people.Chunk(500))
                    {
                        await transaction.Execute(
                            "delete from portal_inbox where key = @key and read_at is null and person in @some", new { key, some }, cancellationToken);
                    }
                }

                await transaction.Insert(RowsOf(notification, now), people, cancellationToken);
                if (people.Count > FewPeople)
                {
                    await transaction.Notify(UnreadCounts.Channel, UnreadCounts.Everybody, cancellationToken);
                }
                else
                {
                    foreach (var person in people)
                    {
                        await transaction.Notify(UnreadCounts.Channel, person, cancellationToken);
                    }
                }
            },
            cancellationToken);
        foreach (var person in people)
        {
            counts.Forget(person);
        }
    }

    private static void Check(Notification notification)
    {
        if (notification.Topic is not { Length: <= LongestTopic } topic || !TopicPattern().IsMatch(topic))
        {
            throw new ArgumentException($"'{notification.Topic}' is not a topic. Write the plugin's id, a dot and a noun, such as dead-letters.growth, in at most {LongestTopic} characters.", nameof(notification));
        }

        if (string.IsNullOrWhiteSpace(notification.Title))
        {
            throw new ArgumentException("A notification needs a title.", nameof(notification));
        }

        if (notification.Href is { } href && (href.Length > LongestHref || !href.StartsWith('/') || href.StartsWith("//", StringComparison.Ordinal) || href.Contains('\\', StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The page of a notification is an address on this portal that starts with one slash, of at most {LongestHref} characters.", nameof(notification));
        }

        if (notification.Key?.Length is 0 or > LongestKey)
        {
            throw new ArgumentException($"The key of a notification has 1 to {LongestKey} characters.", nameof(notification));
        }

        if (notification.Recipients.Count > MostRecipients)
        {
            throw new ArgumentException($"A notification goes to at most {MostRecipients} people and groups; a group may have any number of members.", nameof(notification));
        }
    }

    private HashSet<string> PeopleOf(IReadOnlyCollection<EntityRef> recipients)
    {
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var recipient in recipients)
        {
            switch (recipient.Kind?.ToLowerInvariant())
            {
                case "user":
                    people.Add(recipient.ToString());
                    break;
                case "group":
                    people.UnionWith(directory.MembersOf(recipient).Select(person => person.Ref.ToString()));
                    break;
                default:
                    throw new ArgumentException($"'{recipient}' is neither a user nor a group, so it has no inbox.", nameof(recipients));
            }
        }

        return people;
    }

    private static BulkInsert<string> RowsOf(Notification notification, DateTimeOffset now) => new(
        "portal_inbox",
        [
            BulkColumn<string>.Of("id", _ => Guid.CreateVersion7(now)),
            BulkColumn<string>.Of("person", person => person),
            BulkColumn<string>.Of("topic", _ => notification.Topic),
            BulkColumn<string>.Of("title", _ => PlainText.Cut(notification.Title, LongestTitle)),
            BulkColumn<string>.Of("body", _ => PlainText.CutOrNull(notification.Body, LongestBody)),
            BulkColumn<string>.Of("href", _ => notification.Href),
            BulkColumn<string>.Of("severity", _ => notification.Severity.Word()),
            BulkColumn<string>.Of("key", _ => notification.Key),
            BulkColumn<string>.Of("entity", _ => notification.Entity?.ToString()),
            BulkColumn<string>.Of("sent_at", _ => now),
        ]);

    [GeneratedRegex("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopicPattern();
}
