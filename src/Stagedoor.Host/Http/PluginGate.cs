using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Http;

/// <summary>Answers for the pages and endpoints of a plugin that was found but is not active.</summary>
internal sealed class PluginGate(RequestDelegate next, PluginRegistry plugins)
{
    public Task Invoke(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && plugins.OwnerOf(endpoint) is { IsActive: false } plugin)
        {
            context.SetEndpoint(null);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Features.Set(new PluginAway(plugin));
            return Task.CompletedTask;
        }

        return next(context);
    }
}

/// <summary>The plugin that should have answered.</summary>
internal sealed record PluginAway(LoadedPlugin Plugin);
