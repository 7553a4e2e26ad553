using System.IO.Enumeration;

namespace Stagedoor.Docs.Sites;

/// <summary>Paths with <c>*</c> for anything within a name and <c>**</c> for any folders.</summary>
internal static class SitePattern
{
    public static bool IsMatch(string pattern, string path) => IsMatch(pattern.Split('/'), path.Split('/'));

    /// <summary>Anything that a <c>**</c> has taken too little of is tried again from there, and only from the last one: that is enough.</summary>
    private static bool IsMatch(string[] pattern, string[] path)
    {
        var (at, next, star, resume) = (0, 0, -1, 0);
        while (next < path.Length)
        {
            if (at < pattern.Length && pattern[at] == "**")
            {
                (star, resume) = (at++, next);
            }
            else if (at < pattern.Length && FileSystemName.MatchesSimpleExpression(pattern[at].Replace("\\", "\\\\", StringComparison.Ordinal), path[next], ignoreCase: false))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                (at, next) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.Skip(at).All(part => part == "**");
    }
}
