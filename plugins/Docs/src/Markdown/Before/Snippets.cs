namespace Stagedoor.Docs.Markdown.Before;

/// <summary>Puts included files in the place of the lines that name them, and those they include in turn.</summary>
internal sealed class Snippets(Func<string, string?> read, List<string> notes)
{
    private const int MaxDepth = 20;

    private readonly List<string> open = [];
    private int left = MarkdownOptions.MaxLength;

    public string Include(string text) => text.Contains("8<", StringComparison.Ordinal) ? string.Join('\n', Lines(text)) : text;

    private List<string> Lines(string text)
    {
        var result = new List<string>();
        var isBlock = false;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            var marker = MarkerOf(line);
            if (marker == "")
            {
                isBlock = !isBlock;
            }
            else if (marker is not null && !isBlock)
            {
                Add(marker.Trim(), IndentOf(line), result);
            }
            else if (marker is null && isBlock)
            {
                if (line.Trim().Length == 0) result.Add("");
                else Add(line.Trim(), IndentOf(line), result);
            }
            else if (marker is null)
            {
                result.Add(raw);
            }
        }

        return result;
    }

    private void Add(string path, string indent, List<string> result)
    {
        // A line after a semicolon is commented out; addresses are not fetched.
        if (path.StartsWith("; ", StringComparison.Ordinal) || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || path.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || open.Contains(path))
        {
            return;
        }

        if (open.Count >= MaxDepth || left <= 0)
        {
            notes.Add($"'{path}' is not included: files include files too deeply, or too much in all.");
            return;
        }

        if (read(path) is not { } text)
        {
            notes.Add($"The file '{path}', which this page includes, is not there.");
            return;
        }

        left -= text.Length;
        open.Add(path);
        var lines = Lines(Whitespace.WithoutMarks(text));
        if (lines is [.., ""]) lines.RemoveAt(lines.Count - 1);
        left -= (int)Math.Min(left, (long)indent.Length * lines.Count);
        if (left > 0) result.AddRange(lines.Select(line => indent + line.TrimEnd('\r')));
        open.RemoveAt(open.Count - 1);
    }

    private static string IndentOf(string line) => line[..(line.Length - line.TrimStart(' ', '\t').Length)].Replace("\t", "    ", StringComparison.Ordinal);

    /// <summary>The path that a line with scissors names; empty for scissors alone; nothing for another line.</summary>
    private static string? MarkerOf(string line)
    {
        var text = line.AsSpan().TrimStart(" \t");
        var dashes = text.Length - text.TrimStart('-').Length;
        if (dashes < 2 || !text[dashes..].StartsWith("8<--")) return null;
        text = text[(dashes + 2)..].TrimStart('-');
        if (text.Length == 0) return "";
        var path = text.TrimStart(" \t");
        if (path.Length == text.Length || path.Length < 3) return null;
        return (path[0], path[^1]) is ('"', '"') or ('\'', '\'') ? path[1..^1].ToString() : null;
    }
}
