using Stagedoor.Host.PersonalSettings;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications;

/// <summary>What people do not want to be told: a topic, or all topics of a plugin. Each is a personal setting, so who has muted one is known without looking at everybody.</summary>
internal sealed class MutedTopics(IPersonalSettings settings, TimeProvider time)
{
    public const string Prefix = "portal.muted/";

    public async Task<IReadOnlyList<string>> Of(EntityRef person, CancellationToken cancellationToken) =>
        [.. (await settings.List(person, Prefix, cancellationToken)).Keys.Select(key => key[Prefix.Length..]).Order(StringComparer.Ordinal)];

    public Task Set(EntityRef person, string topic, bool muted, CancellationToken cancellationToken) => muted
        ? settings.Set(person, Prefix + topic, time.GetUtcNow(), cancellationToken)
        : settings.Remove(person, Prefix + topic, cancellationToken);

    public async Task<IReadOnlyCollection<string>> WhoMuted(string topic, CancellationToken cancellationToken)
    {
        var all = await settings.WhoHas(Prefix + topic, cancellationToken);
        var plugin = await settings.WhoHas(Prefix + PluginOf(topic), cancellationToken);
        return [.. all.Concat(plugin).Select(person => person.ToString())];
    }

    public static bool Covers(IReadOnlyCollection<string> muted, string topic) => muted.Contains(topic) || muted.Contains(PluginOf(topic));

    public static bool IsTopic(string? text) => text is { Length: > 0 and <= 100 } && PortalPersonalSettings.IsKey(Prefix + text);

    public static string PluginOf(string topic)
    {
        var dot = topic.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? topic : topic[..dot];
    }
}
