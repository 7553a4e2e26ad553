namespace Stagedoor.Catalog.Reading.Patterns;

/// <summary>
/// A pattern of paths with forward slashes: <c>*</c> and <c>?</c> within a name, <c>[a-z]</c>, <c>{a,b}</c>, and <c>**</c> for
/// any number of folders. As shells do, a wildcard at the beginning of a name does not match a dot.
/// </summary>
internal sealed class Glob
{
    private const int MostAlternatives = 64;

    private readonly IReadOnlyList<string[]> _alternatives;

    private Glob(string text, IReadOnlyList<string[]> alternatives)
    {
        Text = text;
        _alternatives = alternatives;
    }

    public string Text { get; }

    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?', '[') || path.Contains('{');

    /// <summary>What stands before the first folder or name with a wildcard: the folder to start from, and the rest.</summary>
    public static (string Folder, string Pattern) Split(string path)
    {
        var wildcard = path.AsSpan().IndexOfAny("*?[{");
        if (wildcard < 0)
        {
            return (path, "");
        }

        var slash = path.LastIndexOf('/', wildcard);
        return slash < 0 ? ("", path) : (slash == 0 ? "/" : path[..slash], path[(slash + 1)..]);
    }

    /// <exception cref="FormatException">It stands for too many patterns.</exception>
    public static Glob Parse(string text)
    {
        var alternatives = new List<string>();
        Expand(text.TrimStart('/'), alternatives);
        return new Glob(text, [.. alternatives.Select(pattern => pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray())]);
    }

    public bool Matches(string path)
    {
        var names = path.Split('/');
        return _alternatives.Any(pattern => Matches(pattern, names));
    }

    /// <summary>Whether a path below this folder may match: there is no need to look into the others.</summary>
    public bool MayMatchBelow(string folder)
    {
        if (folder.Length == 0)
        {
            return true;
        }

        var names = folder.Split('/');
        return _alternatives.Any(pattern => MayMatchBelow(pattern, names));
    }

    /// <summary>Whether it can match anything in a folder of the folder it starts from.</summary>
    public bool GoesDeeper => _alternatives.Any(pattern => pattern.Length > 1 || pattern is ["**"]);

    private static bool Matches(string[] pattern, string[] names) => Walk(pattern, names, isFolder: false);

    private static bool MayMatchBelow(string[] pattern, string[] names) => Walk(pattern, names, isFolder: true);

    /// <summary>
    /// Goes through the pattern with all the numbers of names that it may have taken so far: the work grows with the
    /// product of both lengths, however many folders the pattern leaves open.
    /// </summary>
    private static bool Walk(string[] pattern, string[] names, bool isFolder)
    {
        var taken = new bool[names.Length + 1];
        taken[0] = true;
        for (var part = 0; part < pattern.Length; part++)
        {
            if (isFolder && taken[^1])
            {
                // There is more of the pattern for what lies below.
                return true;
            }

            var next = new bool[names.Length + 1];
            var isLast = part == pattern.Length - 1;
            for (var i = 0; i <= names.Length; i++)
            {
                next[i] = pattern[part] == "**"
                    ? (!isLast && taken[i]) || (i > 0 && (next[i - 1] || taken[i - 1]) && !names[i - 1].StartsWith('.'))
                    : i > 0 && taken[i - 1] && NamePattern.Matches(pattern[part], names[i - 1]);
            }

            taken = next;
            if (isFolder && isLast && pattern[part] == "**")
            {
                return taken[^1];
            }
        }

        return !isFolder && taken[^1];
    }

    private static void Expand(string pattern, List<string> into)
    {
        var open = pattern.IndexOf('{');
        var close = open < 0 ? -1 : Closing(pattern, open);
        if (close < 0)
        {
            if (into.Count == MostAlternatives)
            {
                throw new FormatException($"The pattern stands for more than {MostAlternatives} patterns. Write several shorter ones.");
            }

            into.Add(pattern);
            return;
        }

        foreach (var choice in Choices(pattern[(open + 1)..close]))
        {
            Expand(pattern[..open] + choice + pattern[(close + 1)..], into);
        }
    }

    private static int Closing(string pattern, int open)
    {
        var depth = 0;
        for (var i = open; i < pattern.Length; i++)
        {
            depth += pattern[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<string> Choices(string inside)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            depth += inside[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (inside[i] == ',' && depth == 0)
            {
                yield return inside[start..i];
                start = i + 1;
            }
        }

        yield return inside[start..];
    }
}
