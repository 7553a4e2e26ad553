using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>Fenced code as MkDocs has it without more: only at the beginning of a line, whatever stands between.</summary>
internal static class PlainFences
{
    public static string[] Apply(string[] lines, Document document)
    {
        var ends = EndsByFence(lines);
        var result = new List<string>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            if (FenceOpening.Read(lines[i]) is { } opening && Accepts(opening) && EndOf(opening, i, ends) is { } end)
            {
                result.Add("");
                result.Add(document.Keep(FencedCode.WritePlain(opening, string.Join('\n', lines[(i + 1)..end]) + (end > i + 1 ? "\n" : ""), document)));
                result.Add("");
                i = end;
            }
            else
            {
                result.Add(lines[i]);
            }
        }

        return [.. result];
    }

    private static bool Accepts(FenceOpening opening) => opening.Braces || opening.Values.All(value => value.Key == "hl_lines" && value.Value != "hl_lines");

    private static int? EndOf(FenceOpening opening, int start, Dictionary<string, List<int>> ends)
    {
        if (!ends.TryGetValue(opening.Fence, out var lines)) return null;
        var index = lines.BinarySearch(start + 1);
        if (index < 0) index = ~index;
        return index < lines.Count ? lines[index] : null;
    }

    private static Dictionary<string, List<int>> EndsByFence(string[] lines)
    {
        var ends = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd(' ');
            if (line.Length < 3 || line[0] is not ('`' or '~') || line.AsSpan().ContainsAnyExcept(line[0])) continue;
            if (!ends.TryGetValue(line, out var same)) ends[line] = same = [];
            same.Add(i);
        }

        return ends;
    }
}
