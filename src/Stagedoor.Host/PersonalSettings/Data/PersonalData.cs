using Microsoft.Extensions.Logging;
using Stagedoor.Host.Marks;
using Stagedoor.Host.Notifications;
using Stagedoor.Plugins;

namespace Stagedoor.Host.PersonalSettings.Data;

/// <summary>All that the portal and its plugins keep about a person for their own use: told whole, and deleted when they want.</summary>
internal sealed class PersonalData(
    IDatabase database, PortalPersonalSettings settings, Inbox inbox, IVisits visits, IEnumerable<IPersonalData> ofPlugins, IAudit audit, ILogger<PersonalData> log)
{
    public async Task<KeptAbout> Count(EntityRef person, CancellationToken cancellationToken)
    {
        var keys = (await settings.List(person, "", cancellationToken)).Keys;
        var stars = keys.Count(key => key.StartsWith(EntityMarks.Prefix(EntityMark.Star), StringComparison.Ordinal));
        var subscriptions = keys.Count(key => key.StartsWith(EntityMarks.Prefix(EntityMark.Subscription), StringComparison.Ordinal));
        var notifications = await database.Find<long>("select count(*) from portal_inbox where person = @person", new { person = person.ToString() }, cancellationToken);
        var further = new List<(string Title, long? Count)>();
        foreach (var kept in ofPlugins)
        {
            further.Add((kept.Title, await Count(kept, person, cancellationToken)));
        }

        return new KeptAbout(stars, subscriptions, (await visits.Of(person, cancellationToken)).Count, notifications, keys.Count() - stars - subscriptions, further);
    }

    public async Task<PersonalDataAnswer> Tell(EntityRef person, CancellationToken cancellationToken)
    {
        var further = new Dictionary<string, IReadOnlyList<object>>();
        foreach (var kept in ofPlugins)
        {
            further[kept.Title] = [.. further.GetValueOrDefault(kept.Title) ?? [], .. await kept.Tell(person, cancellationToken)];
        }

        return new PersonalDataAnswer(
            person.ToString(),
            await settings.List(person, "", cancellationToken),
            [.. (await visits.Of(person, cancellationToken)).Select(visit => new VisitAnswer(visit.Entity.ToString(), visit.Times, visit.LastAt))],
            await inbox.All(person, cancellationToken),
            further);
    }

    public Task ForgetVisits(EntityRef person, CancellationToken cancellationToken) => visits.Forget(person, cancellationToken);

    public async Task ForgetEverything(Caller by, CancellationToken cancellationToken)
    {
        // First what may fail: it can then be asked for once more, and nothing says that it is done.
        foreach (var kept in ofPlugins)
        {
            await kept.Forget(by.Ref, cancellationToken);
        }

        await visits.Forget(by.Ref, cancellationToken);
        await inbox.Forget(by.Ref, cancellationToken);
        await settings.Forget(by.Ref, cancellationToken);
        await audit.Record(new AuditEntry(by, "portal.personal-data-deleted", "Their stars, subscriptions, visits, notifications, settings and what plugins keep for them"), cancellationToken);
    }

    // One plugin that cannot tell is no reason not to show the page.
    private async Task<long?> Count(IPersonalData kept, EntityRef person, CancellationToken cancellationToken)
    {
        try
        {
            return await kept.Count(person, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            log.LogWarning(e, "How much of “{Title}” is kept about {Person} could not be told", kept.Title, person);
            return null;
        }
    }
}

/// <summary>How much of each kind is kept.</summary>
internal sealed record KeptAbout(int Stars, int Subscriptions, int Visits, long Notifications, int Settings, IReadOnlyList<(string Title, long? Count)> OfPlugins);

internal sealed record PersonalDataAnswer(
    string Person, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<VisitAnswer> Visits, IReadOnlyList<InboxItem> Notifications,
    IReadOnlyDictionary<string, IReadOnlyList<object>> OfPlugins);

internal sealed record VisitAnswer(string Entity, int Times, DateTimeOffset LastAt);
