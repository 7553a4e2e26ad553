using Microsoft.AspNetCore.Http.HttpResults;

namespace Stagedoor.Host.Http;

/// <summary>Checks which part of a list a program asks for.</summary>
internal static class Paging
{
    /// <summary>How many there are on a page when nobody says.</summary>
    public const int Usual = 50;

    /// <summary>The refusal, unless this is a page one may ask for.</summary>
    public static ProblemHttpResult? Refusal(int offset, int limit, int most) =>
        offset < 0 ? Refuse.Mistake("The offset is 0 or more.") : Refusal(limit, most);

    public static ProblemHttpResult? Refusal(int limit, int most) =>
        limit < 1 || limit > most ? Refuse.Mistake($"The limit is 1 to {most}.") : null;
}
