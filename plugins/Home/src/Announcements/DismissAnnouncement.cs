using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Stagedoor.Plugins;

namespace Stagedoor.Home.Announcements;

/// <summary>
/// <c>POST /api/home/announcements/{id}/dismiss</c>: puts an announcement away for whoever asks. The button on the start page is
/// a form without a token, so that the page can be cached; the portal's guard of origins protects it.
/// </summary>
internal static class DismissAnnouncement
{
    private const int LongestKey = 80;

    public static async Task<Results<NoContent, RedirectHttpResult, ProblemHttpResult>> Handle(
        string id, Caller caller, AnnouncementBoard board, HttpRequest request, CancellationToken cancellationToken)
    {
        if (id.Length > LongestKey || !id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.'))
        {
            return TypedResults.Problem("That is not the id of an announcement.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (!await board.Dismiss(caller, id, cancellationToken))
        {
            return TypedResults.Problem("Only people put announcements away. A service has no start page.", statusCode: StatusCodes.Status403Forbidden);
        }

        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? TypedResults.LocalRedirect("/") : TypedResults.NoContent();
    }
}
