namespace Stagedoor.Host.Loading.List;

/// <summary>A plugin as the API tells it.</summary>
/// <param name="Origin"><c>host</c>, <c>first-party</c> or <c>folder</c>.</param>
/// <param name="Reason">Why it is not active, if it is not.</param>
/// <param name="Contributes">Names of what it contributes, by kind.</param>
internal sealed record PluginAnswer(
    string Id, string Name, string Description, string Version, string? Owner, string Origin, PluginState State, string? Reason,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Contributes)
{
    public static PluginAnswer Of(LoadedPlugin plugin) => new(
        plugin.Id, plugin.Info.Name, plugin.Info.Description, plugin.Version, plugin.Info.Owner,
        plugin.Origin switch { PluginOrigin.Host => "host", PluginOrigin.FirstParty => "first-party", _ => "folder" },
        plugin.State, plugin.Reason,
        PluginSummary.Of(plugin).Where(part => part.Names.Count > 0).ToDictionary(part => part.Many, part => part.Names));
}
