using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Stagedoor.Host.Http;

namespace Stagedoor.Host.Loading.List;

/// <summary><c>GET /api/portal/plugins</c>.</summary>
internal static class PluginsApi
{
    public static Ok<ListAnswer<PluginAnswer>> Handle(PluginRegistry plugins)
    {
        var items = plugins.All.Select(PluginAnswer.Of).ToList();
        return TypedResults.Ok(new ListAnswer<PluginAnswer>(items, items.Count));
    }
}
