using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stagedoor.Host.Http;

/// <summary>What the APIs of the host say when they do not do what was asked: the same title for the same reason.</summary>
internal static class Refuse
{
    public static ProblemHttpResult Mistake(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request was not understood");

    /// <param name="what">Such as <c>job</c>.</param>
    public static ProblemHttpResult NoSuch(string what, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: $"There is no such {what}");

    public static ProblemHttpResult NotAllowed(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden, title: "You may not do this");

    /// <summary>It exists, and is not in the state that this needs.</summary>
    public static ProblemHttpResult NotNow(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "That cannot be done now");
}
