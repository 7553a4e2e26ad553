using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>
/// Fenced code anywhere: in lists, quotes, admonitions, by its indentation. It is looked for before anything else is, so what
/// turns out to stand in an indented code block is put back later.
/// </summary>
internal sealed class SuperFences(Document document)
{
    private readonly List<string> code = [];
    private readonly List<(string Mark, int Start, int End)> found = [];
    private FenceOpening? opening;
    private string prefix = "";
    private string first = "";
    private int quotes;
    private int start;
    private int blank;

    public string[] Apply(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (opening is null) Begin(lines[i], i);
            else Continue(lines[i], i);
        }

        if (found.Count == 0) return lines;
        var result = new List<string>(lines.Length);
        var from = 0;
        foreach (var (mark, begin, end) in found)
        {
            result.AddRange(lines[from..begin]);
            result.Add(mark);
            from = end;
        }

        result.AddRange(lines[from..]);
        return [.. result];
    }

    private void Begin(string line, int number)
    {
        var length = 0;
        while (length < line.Length && line[length] is ' ' or '>') length++;
        if (FenceOpening.Read(line[length..]) is not { } read || !FencedCode.Accepts(read, document.Extensions)) return;

        opening = read;
        prefix = line[..length];
        first = line;
        quotes = prefix.Count(letter => letter == '>');
        start = number;
        blank = 0;
        code.Clear();
    }

    private void Continue(string line, int number)
    {
        var length = 0;
        while (length < line.Length && length < prefix.Length && line[length] is ' ' or '>') length++;
        var before = line[..length];
        var content = line[length..];
        var level = before.Count(letter => letter == '>');
        if (quotes == 0 && level > 0) opening = null;
        else if (quotes > 0) Quoted(before, content, level, number, line);
        else Plain(before, content, number, line);
    }

    private void Plain(string before, string content, int number, string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            code.Add(line);
        }
        else if (before.Length != prefix.Length && content.Length > 0)
        {
            opening = null;
        }
        else if (IsEnd(content))
        {
            End(number, line);
        }
        else
        {
            code.Add(line);
        }
    }

    private void Quoted(string before, string content, int level, int number, string line)
    {
        if (level > quotes)
        {
            opening = null;
        }
        else if (content.Length == 0)
        {
            code.Add(line);
            blank++;
        }
        else if (before.Length < prefix.Length || (blank > 0 && level < quotes))
        {
            opening = null;
        }
        else if (IsEnd(content))
        {
            End(number, line);
        }
        else
        {
            blank = 0;
            code.Add(line);
        }
    }

    private bool IsEnd(string content) =>
        content.StartsWith(opening!.Fence, StringComparison.Ordinal) && content.AsSpan(opening.Fence.Length).Trim(" \t").Length == 0;

    private void End(int number, string last)
    {
        var source = string.Join('\n', code.Select(line => line.Length > prefix.Length ? line[prefix.Length..] : ""));
        var mark = document.Keep(FencedCode.Write(opening!, source, document));
        document.Fences[mark] = new(string.Join('\n', [first, .. code, last]), prefix.Length);
        found.Add((prefix + mark, start, number + 1));
        opening = null;
    }
}
