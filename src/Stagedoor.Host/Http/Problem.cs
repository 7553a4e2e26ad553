using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Http;

/// <summary>What stands on a page, or in a ProblemDetails, when a request could not be answered.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Detail">Why, and what to do next.</param>
internal sealed record Problem(int Status, string Title, string Detail)
{
    /// <summary>The one action that helps.</summary>
    public (string Text, string Href)? Action { get; init; }

    /// <summary>The page reloads itself after so many seconds: it is expected to pass.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The problem behind an answer that has a status and no body.</summary>
    public static Problem Of(HttpContext context)
    {
        var features = context.Features;
        var path = context.Request.Path.Value ?? "/";
        var home = ("Go to the start page", "/");
        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status401Unauthorized when context.Request.Headers.Authorization.Count > 0:
                return new(401, "The token was not accepted", "The Authorization header must be 'Bearer' and a token whose hash stands under identity.serviceTokens in the configuration.");
            case StatusCodes.Status401Unauthorized:
                return new(401, "You are not signed in", "This portal has no way to sign in configured for this address. Programs send a service token as 'Authorization: Bearer …'.");
            case StatusCodes.Status403Forbidden when features.Get<ForeignOrigin>() is { } foreign:
                return new(403, "The request came from another site", $"A page of {(foreign.Origin.Length > 0 ? foreign.Origin : "another site")} made your browser send this. Nothing was done. Open the portal itself and try again there.") { Action = home };
            case StatusCodes.Status403Forbidden when features.Get<MissingPermission>() is { } missing:
                return new(403, "You may not see this", $"It needs the permission {missing.Name}{(missing.Description is null ? "" : $" ({missing.Description.TrimEnd('.')})")}. Someone who administers this portal can grant it.") { Action = home };
            case StatusCodes.Status403Forbidden:
                return new(403, "You may not do this", "You do not have the rights for it. Someone who administers this portal can grant them.") { Action = home };
            case StatusCodes.Status404NotFound:
                return new(404, "There is nothing here", $"Nothing is at {Shorten(path)}. The address may have a typing error, or what was here is gone.") { Action = ("Look for it", $"/find?q={Uri.EscapeDataString(LastWord(path))}") };
            case StatusCodes.Status405MethodNotAllowed:
                return new(405, "That cannot be done with this address", $"{context.Request.Method} is not possible here.") { Action = home };
            case StatusCodes.Status413PayloadTooLarge:
                return new(413, "That is too much", "What was sent is larger than server.maxBodySize in the configuration allows.");
            case StatusCodes.Status429TooManyRequests:
                return new(429, "Too many requests", "You have used up the requests of this minute. Wait a little, then go on.") { RetryAfter = 30 };
            case StatusCodes.Status503ServiceUnavailable when features.Get<StillStarting>() is { } starting:
                return new(503, "The portal is starting", $"It waits for {starting.WaitsFor}. This page tries again by itself.") { RetryAfter = 2 };
            case StatusCodes.Status503ServiceUnavailable when features.Get<PluginAway>() is { Plugin: var plugin }:
                return new(503, $"{plugin.Info.Name} is not available", features.Get<Identified>()?.Caller.May(PortalPlugin.ManagePlugins) == true
                    ? $"The plugin that answers here is not active. {plugin.Reason}"
                    : "The plugin that answers here is not active. Those who run the portal see why under Settings, Plugins.") { Action = ("See all plugins", "/settings/plugins") };
            case StatusCodes.Status503ServiceUnavailable when features.Get<DatabaseAway>() is not null:
                return new(503, "The database cannot be reached", "Nothing was lost. The portal goes on by itself as soon as the database answers again.") { RetryAfter = 5 };
            case StatusCodes.Status503ServiceUnavailable:
                return new(503, "This is not available right now", "Try again in a moment.") { RetryAfter = 5 };
            case StatusCodes.Status400BadRequest:
                return new(400, "The request was not understood", features.Get<BadRequestReason>()?.Reason ?? "It lacks something, or something in it is not as it must be.") { Action = home };
            case 500:
                return new(500, "This page broke", "The mistake is in the portal, not in what you did, and it has been logged. Whoever runs the portal finds it by the request id below.") { Action = ("Try again", path) };
            case var status:
                return new(status, $"The request was answered with {status}", "Nothing more is known about it.") { Action = home };
        }
    }

    private static string Shorten(string path) => path.Length <= 80 ? path : path[..40] + "…" + path[^39..];

    private static string LastWord(string path) => path.TrimEnd('/').Split('/')[^1] is { Length: > 0 and <= 60 } word ? word : "";
}

internal sealed record DatabaseAway;

internal sealed record BadRequestReason(string Reason);
