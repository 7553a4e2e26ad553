using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications.List;

/// <summary>Marks a notification as read and leads to what it is about.</summary>
internal static class OpenNotification
{
    public const string Pattern = "/notifications/{id:guid}/open";

    public static string Of(Guid id) => $"/notifications/{id}/open";

    public static async Task<IResult> Handle(Guid id, Caller caller, IInbox inbox, IToasts toasts, HttpContext context, CancellationToken cancellationToken)
    {
        // A browser that fetches ahead has opened nothing yet.
        if (context.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (!caller.IsReader || await inbox.Find(caller.Ref, id, cancellationToken) is not { } item)
        {
            toasts.Say("That notification is not there any more.", Severity.Warning);
            return TypedResults.LocalRedirect(NotificationsServices.InboxPageAddress);
        }

        await inbox.Mark(caller.Ref, [id], read: true, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.LocalRedirect(Target(item) ?? NotificationsServices.InboxPageAddress);
    }

    /// <summary>The page that a notification is about; nothing if it has none on this portal.</summary>
    public static string? Target(InboxItem item) => item.Href is { } href && IsLocal(href)
        ? href
        : EntityRef.TryParse(item.Entity, provider: null, out var entity) ? EntityPages.Of(entity) : null;

    /// <summary>Whether an address can only lead to this portal, whatever a browser makes of it.</summary>
    private static bool IsLocal(string href) =>
        href.StartsWith('/') && !href.StartsWith("//", StringComparison.Ordinal) && !href.Contains('\\', StringComparison.Ordinal) && !href.AsSpan().ContainsAnyInRange('\0', '\u001F');
}
