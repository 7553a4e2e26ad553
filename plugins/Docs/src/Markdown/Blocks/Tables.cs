using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Tables of lines with pipes.</summary>
internal sealed class Tables : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (block.Count < 2 || !block[1].Contains('-', StringComparison.Ordinal) && !block[1].Contains('|', StringComparison.Ordinal)) return false;

        var header = block.First.Trim(' ');
        var bordered = header.StartsWith('|') || EndsWithBorder(header);
        var columns = Split(header, bordered);
        if (columns.Count == 1 && !(bordered && EachHasPipe(block))) return false;
        var separators = Split(block[1].Trim(' '), bordered);
        if (separators.Count != columns.Count || separators.Exists(cell => cell.AsSpan().ContainsAnyExcept("|:- "))) return false;

        blocks.Pop();
        var alignments = separators.ConvertAll(AlignmentOf);
        var table = parent.Add("table");
        Row(columns, table.Add("thead"), "th", alignments);
        var body = table.Add("tbody");
        if (block.Count == 2) Row([], body, "td", separators.ConvertAll(_ => (string?)null));
        for (var i = 2; i < block.Count; i++) Row(Split(block[i].Trim(' '), bordered), body, "td", alignments);
        return true;
    }

    private static void Row(List<string> cells, Node parent, string tag, List<string?> alignments)
    {
        var row = parent.Add("tr");
        for (var i = 0; i < alignments.Count; i++)
        {
            var cell = row.Add(tag, i < cells.Count ? cells[i].Trim(' ') : "");
            if (alignments[i] is { } alignment) cell["align"] = alignment;
        }
    }

    private static string? AlignmentOf(string separator)
    {
        var cell = separator.Trim(' ');
        return (cell.StartsWith(':'), cell.EndsWith(':')) switch
        {
            (true, true) => "center",
            (true, false) => "left",
            (false, true) => "right",
            _ => null,
        };
    }

    private static bool EachHasPipe(Block block)
    {
        for (var i = 1; i < block.Count; i++)
        {
            var row = block[i].Trim(' ');
            if (!row.StartsWith('|') && !EndsWithBorder(row)) return false;
        }

        return true;
    }

    private static bool EndsWithBorder(string row)
    {
        if (!row.EndsWith('|')) return false;
        var slashes = 0;
        while (slashes + 2 <= row.Length && row[^(slashes + 2)] == '\\') slashes++;
        return slashes % 2 == 0;
    }

    private static List<string> Split(string row, bool bordered)
    {
        if (bordered)
        {
            if (row.StartsWith('|')) row = row[1..];
            if (EndsWithBorder(row)) row = row[..^1];
        }

        var (pipes, code) = Find(row);
        var cells = new List<string>();
        var from = 0;
        var region = 0;
        foreach (var pipe in pipes)
        {
            while (region < code.Count && code[region].End < pipe) region++;
            if (region < code.Count && code[region].Start <= pipe) continue;
            cells.Add(row[from..pipe]);
            from = pipe + 1;
        }

        cells.Add(row[from..]);
        return cells;
    }

    /// <summary>Pipes that are not escaped, and the regions of inline code in which a pipe is only a letter.</summary>
    private static (List<int> Pipes, List<(int Start, int End)> Code) Find(string row)
    {
        var pipes = new List<int>();
        var ticks = new List<(int Length, int Start, int End, bool Escaped)>();
        for (var i = row.AsSpan().IndexOfAny("\\`|"); i >= 0 && i < row.Length; i++)
        {
            switch (row[i])
            {
                case '\\' when i + 1 < row.Length && row[i + 1] is '\\' or '|': i++; break;
                case '\\' when i + 1 < row.Length && row[i + 1] == '`': Ticks(i + 1, escaped: true); break;
                case '`': Ticks(i, escaped: false); break;
                case '|': pipes.Add(i); break;
            }

            void Ticks(int start, bool escaped)
            {
                var end = start;
                while (end < row.Length && row[end] == '`') end++;
                ticks.Add((end - start, escaped ? start - 1 : start, end - 1, escaped));
                i = end - 1;
            }
        }

        return (pipes, Pair(ticks));
    }

    private static List<(int Start, int End)> Pair(List<(int Length, int Start, int End, bool Escaped)> ticks)
    {
        var code = new List<(int Start, int End)>();
        if (ticks.Count < 2) return code;
        var places = ticks.Select((tick, index) => (tick.Length, index)).GroupBy(tick => tick.Length, tick => tick.index).ToDictionary(group => group.Key, group => group.ToList());
        for (var i = 0; i < ticks.Count; i++)
        {
            // The first tick of an escaped run is only a letter.
            var length = ticks[i].Length - (ticks[i].Escaped ? 1 : 0);
            if (length == 0 || !places.TryGetValue(length, out var same)) continue;
            var next = same.BinarySearch(i + 1);
            if (next < 0) next = ~next;
            if (next == same.Count) continue;
            code.Add((ticks[i].Start, ticks[same[next]].End));
            i = same[next];
        }

        return code;
    }
}
