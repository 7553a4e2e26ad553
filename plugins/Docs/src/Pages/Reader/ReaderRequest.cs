using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>A reader's request, and what its answer says besides the page.</summary>
internal static class ReaderRequest
{
    private const int LongestReference = 250;

    public static ReaderAsk Read(EntityRef entity, string? path, HttpRequest request, bool isTab) => new(
        entity,
        // What the route gives has lost the slash at the end, and that is another address.
        (path ?? "") + (request.Path.Value is { } whole && whole.EndsWith('/') && path?.EndsWith('/') != true ? "/" : ""),
        Given(request, "ref", LongestReference),
        Given(request, "q", ReaderAsk.LongestSearch),
        isTab)
    {
        WantsReport = request.Query["report"] == "1",
    };

    /// <summary>Sends the reader elsewhere, or says that there is nothing.</summary>
    public static void Apply(ReaderAnswer answer, HttpContext context)
    {
        if (context.Response.HasStarted) return;
        switch (answer)
        {
            case ReaderAnswer.Elsewhere elsewhere:
                context.Response.Redirect(elsewhere.Address, elsewhere.ForGood);
                break;
            case ReaderAnswer.Nothing or ReaderAnswer.Found { View.IsMissing: true } or ReaderAnswer.Unread { Docs.HasNoSuchVersion: true }:
                // Said only when the answer begins: a page that has said 404 before it is drawn is thrown away for the general one.
                context.Response.OnStarting(() =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
                break;
        }
    }

    private static string? Given(HttpRequest request, string key, int longest) =>
        request.Query[key].LastOrDefault()?.Trim() is { Length: > 0 } value ? value.Length > longest ? value[..longest] : value : null;
}
