using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Host.Http;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Notifications.Api;

/// <summary>A person's own notifications, below <c>/api/portal/notifications</c>.</summary>
internal static class NotificationsApi
{
    private const int MostAtOnce = 1000;

    public static void MapNotificationsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/portal/notifications").WithTags("portal").RequireAuthorization();
        api.MapGet("/", List).WithName("ListNotifications").WithSummary("Your notifications, newest first, by topic, severity, text or entity.");
        api.MapGet("/count", Count).WithName("CountNotifications").WithSummary("How many of your notifications are unread.");
        api.MapPost("/read", Read).WithName("ReadNotifications").WithSummary("Marks some of your notifications, or all, as read.");
        api.MapPost("/unread", Unread).WithName("UnreadNotifications").WithSummary("Marks some of your notifications, or all, as unread.");
    }

    private static async Task<Results<Ok<InboxAnswer>, ProblemHttpResult>> List(
        Caller caller, IInbox inbox, CancellationToken cancellationToken,
        bool unread = false, string? topic = null, string? severity = null, string? text = null, string? entity = null, int offset = 0, int limit = Paging.Usual)
    {
        if (NotAReader(caller) is { } refused)
        {
            return refused;
        }

        Severity? level = null;
        if (!string.IsNullOrEmpty(severity))
        {
            if (!Words.TryRead<Severity>(severity, out var read))
            {
                return Refuse.Mistake($"'{severity}' is no severity. Write info, success, warning or critical.");
            }

            level = read;
        }

        if ((AskedEntity.Refusal(entity, out var about) ?? Paging.Refusal(offset, limit, Inbox.LongestPage)) is { } refusal)
        {
            return refusal;
        }

        var page = await inbox.List(
            caller.Ref,
            new InboxQuery { UnreadOnly = unread, Topic = topic is { Length: > 0 } ? topic : null, Severity = level, Text = text, Entity = about, Offset = offset, Limit = limit },
            cancellationToken);
        return TypedResults.Ok(new InboxAnswer(page.Items, page.Total, page.Unread));
    }

    private static async Task<Results<Ok<UnreadAnswer>, ProblemHttpResult>> Count(Caller caller, IInbox inbox, CancellationToken cancellationToken) =>
        NotAReader(caller) is { } refused ? refused : TypedResults.Ok(new UnreadAnswer(await inbox.CountUnread(caller.Ref, cancellationToken)));

    private static Task<Results<Ok<MarkedAnswer>, ProblemHttpResult>> Read(MarkRequest request, Caller caller, IInbox inbox, CancellationToken cancellationToken) =>
        Mark(request, read: true, caller, inbox, cancellationToken);

    private static Task<Results<Ok<MarkedAnswer>, ProblemHttpResult>> Unread(MarkRequest request, Caller caller, IInbox inbox, CancellationToken cancellationToken) =>
        Mark(request, read: false, caller, inbox, cancellationToken);

    private static async Task<Results<Ok<MarkedAnswer>, ProblemHttpResult>> Mark(
        MarkRequest request, bool read, Caller caller, IInbox inbox, CancellationToken cancellationToken)
    {
        if (NotAReader(caller) is { } refused)
        {
            return refused;
        }

        if (request.All == request.Ids is { Count: > 0 } || request.Ids?.Count > MostAtOnce)
        {
            return Refuse.Mistake($"Send either \"ids\", a list of 1 to {MostAtOnce}, or \"all\": true.");
        }

        return TypedResults.Ok(new MarkedAnswer(await inbox.Mark(caller.Ref, request.All ? null : request.Ids, read, cancellationToken)));
    }

    private static ProblemHttpResult? NotAReader(Caller caller) =>
        caller.IsReader ? null : Refuse.NotAllowed("Notifications are for people. A service has no inbox.");
}

/// <param name="Total">How many there are on all pages.</param>
/// <param name="Unread">How many of those that fit are unread.</param>
internal sealed record InboxAnswer(IReadOnlyList<InboxItem> Items, long Total, long Unread);

internal sealed record UnreadAnswer(long Unread);

/// <summary>Which notifications: some by their ids, or all.</summary>
internal sealed record MarkRequest(IReadOnlyList<Guid>? Ids = null, bool All = false);

/// <param name="Changed">How many were not so before.</param>
internal sealed record MarkedAnswer(int Changed);
