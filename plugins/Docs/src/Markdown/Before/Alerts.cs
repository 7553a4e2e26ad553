namespace Stagedoor.Docs.Markdown.Before;

/// <summary>
/// Quotes that begin with [!NOTE] or another type are admonitions, as techdocs-core makes them: the same file reads well on a
/// code host and here.
/// </summary>
internal static class Alerts
{
    private static readonly string[] Types = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

    public static string[] Apply(string[] lines)
    {
        if (!Array.Exists(lines, line => TypeOf(line) is not null)) return lines;

        var result = new List<string>(lines.Length + 8);
        string? fence = null;
        for (var i = 0; i < lines.Length; i++)
        {
            fence = FenceAfter(lines[i], fence);
            if (fence is not null || TypeOf(lines[i]) is not { } type)
            {
                result.Add(lines[i]);
                continue;
            }

            var indent = lines[i][..(lines[i].Length - lines[i].TrimStart(' ').Length)];
            result.Add($"{indent}!!! {type}");
            for (i++; i < lines.Length && lines[i].TrimStart(' ').StartsWith('>'); i++)
            {
                var text = lines[i].TrimStart(' ')[1..];
                result.Add(indent + "    " + (text.StartsWith(' ') ? text[1..] : text));
            }

            i--;
        }

        return [.. result];
    }

    private static string? TypeOf(string line)
    {
        var text = line.AsSpan().Trim(' ');
        if (text.Length < 6 || text[0] != '>') return null;
        text = text[1..].Trim(' ');
        if (!text.StartsWith("[!") || text[^1] != ']') return null;
        foreach (var type in Types)
        {
            if (text[2..^1].Equals(type, StringComparison.OrdinalIgnoreCase)) return type.ToLowerInvariant();
        }

        return null;
    }

    private static string? FenceAfter(string line, string? open)
    {
        var text = line.TrimStart(' ');
        var sign = text.StartsWith("```", StringComparison.Ordinal) ? "```" : text.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : null;
        return sign is null ? open : open is null ? sign : sign == open ? null : open;
    }
}
