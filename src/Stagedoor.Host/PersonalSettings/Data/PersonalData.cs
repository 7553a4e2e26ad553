using Stagedoor.Host.Marks;
using Stagedoor.Host.Notifications;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings.Data;

/// <summary>All that the portal keeps about a person for their own use: told whole, and deleted when they want.</summary>
internal sealed class PersonalData(IDatabase database, PortalPersonalSettings settings, Inbox inbox, IVisits visits, IAudit audit)
{
    public async Task<KeptAbout> Count(EntityRef person, CancellationToken cancellationToken)
    {
        var keys = (await settings.List(person, "", cancellationToken)).Keys;
        var stars = keys.Count(key => key.StartsWith(EntityMarks.Prefix(EntityMark.Star), StringComparison.Ordinal));
        var subscriptions = keys.Count(key => key.StartsWith(EntityMarks.Prefix(EntityMark.Subscription), StringComparison.Ordinal));
        var notifications = await database.Find<long>("select count(*) from portal_inbox where person = @person", new { person = person.ToString() }, cancellationToken);
        return new KeptAbout(stars, subscriptions, (await visits.Of(person, cancellationToken)).Count, notifications, keys.Count() - stars - subscriptions);
    }

    public async Task<PersonalDataAnswer> Tell(EntityRef person, CancellationToken cancellationToken)
    {
        var notifications = new List<InboxItem>();
        while (await inbox.List(person, new InboxQuery { Offset = notifications.Count, Limit = Inbox.LongestPage }, cancellationToken) is { Items.Count: > 0 } page)
        {
            notifications.AddRange(page.Items);
        }

        return new PersonalDataAnswer(
            person.ToString(),
            await settings.List(person, "", cancellationToken),
            [.. (await visits.Of(person, cancellationToken)).Select(visit => new VisitAnswer(visit.Entity.ToString(), visit.Times, visit.LastAt))],
            notifications);
    }

    public Task ForgetVisits(EntityRef person, CancellationToken cancellationToken) => visits.Forget(person, cancellationToken);

    public async Task ForgetEverything(Caller by, CancellationToken cancellationToken)
    {
        await visits.Forget(by.Ref, cancellationToken);
        await inbox.Forget(by.Ref, cancellationToken);
        await settings.Forget(by.Ref, cancellationToken);
        await audit.Record(new AuditEntry(by, "portal.personal-data-deleted", "Their stars, subscriptions, visits, notifications and settings"), cancellationToken);
    }
}

/// <summary>How much of each kind is kept.</summary>
internal sealed record KeptAbout(int Stars, int Subscriptions, int Visits, long Notifications, int Settings);

internal sealed record PersonalDataAnswer(
    string Person, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<VisitAnswer> Visits, IReadOnlyList<InboxItem> Notifications);

internal sealed record VisitAnswer(string Entity, int Times, DateTimeOffset LastAt);
