using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.Home.Announcements;

/// <summary>What is to be told now: what stands in the configuration and what was written in the portal, without what a person has put away.</summary>
internal sealed class AnnouncementBoard(AnnouncementStore store, IOptions<HomeOptions> options, IPersonalSettings settings, TimeProvider time)
{
    private const string DismissedKey = "home.dismissed";
    private const int MostShown = 5;
    private const int MostRemembered = 100;

    public async Task<IReadOnlyList<Notice>> For(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var configured = options.Value.Announcements
            .Where(one => (one.From is null || one.From <= now) && (one.Until is null || one.Until > now))
            .Select(one => new Notice(one.Id, one.Title, one.Text, one.Severity, one.Link, one.From));
        var written = (await store.ShownAt(now, MostRemembered, cancellationToken))
            .Select(one => new Notice(one.Key, one.Title, one.Body, one.Severity, one.Link, one.StartsAt));
        var dismissed = caller.IsReader ? await settings.Get<IReadOnlyList<string>>(caller.Ref, DismissedKey, cancellationToken) ?? [] : [];
        return
        [
            .. configured.Concat(written)
                .Where(notice => !dismissed.Contains(notice.Key))
                .OrderByDescending(notice => notice.Severity is Severity.Success ? Severity.Info : notice.Severity)
                .ThenByDescending(notice => notice.From ?? DateTimeOffset.MinValue)
                .Take(MostShown),
        ];
    }

    /// <summary>False for those who cannot put anything away.</summary>
    public async Task<bool> Dismiss(Caller caller, string key, CancellationToken cancellationToken)
    {
        if (!caller.IsReader)
        {
            return false;
        }

        var before = await settings.Get<IReadOnlyList<string>>(caller.Ref, DismissedKey, cancellationToken) ?? [];
        IReadOnlyList<string> after = [key, .. before.Where(one => one != key).Take(MostRemembered - 1)];
        await settings.Set(caller.Ref, DismissedKey, after, cancellationToken);
        return true;
    }
}
