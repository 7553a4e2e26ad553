namespace Stagedoor.Docs.Markdown.Before;

/// <summary>
/// Where lists within lists are indented by two, as techdocs-core has them, those that are indented by three to five, or by a tab,
/// would run together with the text above. Nobody means that, so their steps are made those of the rest. What is indented by two stays.
/// </summary>
internal static class ListSteps
{
    public const int Step = 2;

    /// <summary>Beyond it something is code within an item rather than a list.</summary>
    private const int Widest = 5;

    /// <param name="lines">Without tabs, and with fences taken out.</param>
    public static string[] Apply(string[] lines)
    {
        var open = new List<(int From, int To)>();
        var isAfterBlank = false;
        var result = new string[lines.Length];
        foreach (var (index, line) in lines.Index())
        {
            result[index] = line;
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            if (indent == line.Length)
            {
                isAfterBlank = true;
                continue;
            }

            if (IsItem(line.AsSpan(indent)))
            {
                result[index] = Indented(line, indent, Place(open, indent));
            }
            else
            {
                while (isAfterBlank && open.Count > 0 && indent <= open[^1].From) open.RemoveAt(open.Count - 1);
                if (open.Count > 0) result[index] = Indented(line, indent, Math.Min(indent, Math.Max(0, indent + open[^1].To - open[^1].From)));
            }

            isAfterBlank = false;
        }

        return result;
    }

    /// <summary>Where an item that is written at a place belongs.</summary>
    private static int Place(List<(int From, int To)> open, int indent)
    {
        while (open.Count > 0 && indent < open[^1].From) open.RemoveAt(open.Count - 1);
        if (open.Count == 0)
        {
            open.Add((indent, indent));
            return indent;
        }

        var (from, to) = open[^1];
        if (indent - from is >= Step and <= Widest) open.Add((indent, to + Step));
        return indent - from is >= Step and <= Widest ? to + Step : to + indent - from;
    }

    private static bool IsItem(ReadOnlySpan<char> text)
    {
        if (text.Length > 1 && text[0] is '*' or '+' or '-') return text[1] == ' ';
        var digits = text.Length - text.TrimStart("0123456789").Length;
        return digits > 0 && text.Length > digits + 1 && text[digits] == '.' && text[digits + 1] == ' ';
    }

    private static string Indented(string line, int from, int to) => from == to ? line : string.Concat(new string(' ', to), line.AsSpan(from));
}
