using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stagedoor.Host.Loading.List;

/// <summary><c>GET /api/portal/plugins</c>.</summary>
internal static class PluginsApi
{
    internal sealed record Item(
        string Id, string Name, string Description, string Version, string? Owner, string Origin, string State, string? Reason,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Contributes);

    internal sealed record Answer(IReadOnlyList<Item> Items, int Total);

    public static Ok<Answer> Handle(PluginRegistry plugins)
    {
        var items = plugins.All.Select(plugin => new Item(
            plugin.Id, plugin.Info.Name, plugin.Info.Description, plugin.Version, plugin.Info.Owner,
            plugin.Origin switch { PluginOrigin.Host => "host", PluginOrigin.FirstParty => "first-party", _ => "folder" },
            plugin.State.ToString().ToLowerInvariant(), plugin.Reason,
            PluginSummary.Of(plugin).Where(part => part.Names.Count > 0).ToDictionary(part => part.Many, part => part.Names))).ToList();
        return TypedResults.Ok(new Answer(items, items.Count));
    }
}
