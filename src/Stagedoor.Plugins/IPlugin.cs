namespace Stagedoor.Plugins;

/// <summary>
/// A feature of the portal. The host creates it once, before anything runs, and asks it to
/// record what it contributes. A plugin needs a public parameterless constructor.
/// </summary>
public interface IPlugin
{
    PluginInfo Info { get; }

    /// <summary>
    /// Records contributions; nothing takes effect before this returns normally. A plugin that
    /// throws here is shown as failed to administrators, and the portal runs on without it.
    /// </summary>
    void Configure(PluginBuilder plugin);
}

/// <summary>Who a plugin is.</summary>
/// <param name="Id">
/// Kebab case, such as <c>dead-letters</c>. Everything the plugin owns is named by it: its API below
/// <c>/api/{id}</c>, its permissions <c>{id}.…</c>, its tables <c>{id}_…</c> (with underscores), its section of the
/// configuration, and its assets below <c>/_plugins/{id}</c>.
/// </param>
/// <param name="Name">What people call it.</param>
/// <param name="Description">One sentence.</param>
public sealed record PluginInfo(string Id, string Name, string Description)
{
    /// <summary>Who answers for the plugin: a team, a company.</summary>
    public string? Owner { get; init; }

    /// <summary>The ids of plugins without which this one cannot work. Where one of them is not active, this one is not either.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}
