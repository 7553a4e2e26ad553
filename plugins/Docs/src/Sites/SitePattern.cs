namespace Stagedoor.Docs.Sites;

/// <summary>Paths with <c>*</c> for anything within a name and <c>**</c> for any folders.</summary>
internal static class SitePattern
{
    public static bool IsMatch(string pattern, string path) => IsMatch(pattern.Split('/'), path.Split('/'));

    private static bool IsMatch(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == "**")
            {
                for (var skipped = 0; skipped <= path.Length; skipped++)
                {
                    if (IsMatch(pattern[1..], path[skipped..]))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (path.IsEmpty || !System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[0].Replace("\\", "\\\\", StringComparison.Ordinal), path[0], ignoreCase: false))
            {
                return false;
            }

            pattern = pattern[1..];
            path = path[1..];
        }

        return path.IsEmpty;
    }
}
