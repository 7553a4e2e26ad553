using Microsoft.AspNetCore.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Api;

/// <summary>Errors in the shape that Backstage's clients read.</summary>
internal sealed class TechDocsErrors : IErrorForm
{
    public static IResult NotFound(string message) => Results.Json(Shape(StatusCodes.Status404NotFound, message), statusCode: StatusCodes.Status404NotFound);

    public Task Write(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Shape(status, message), context.RequestAborted);
    }

    private static object Shape(int status, string message) => new { error = new { name = NameOf(status), message }, response = new { statusCode = status } };

    private static string NameOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "InputError",
        StatusCodes.Status401Unauthorized => "AuthenticationError",
        StatusCodes.Status403Forbidden => "NotAllowedError",
        StatusCodes.Status404NotFound => "NotFoundError",
        StatusCodes.Status503ServiceUnavailable => "ServiceUnavailableError",
        _ => "Error",
    };
}
