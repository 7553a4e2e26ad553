using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Inline code between runs of backticks of one length, with a language in front where highlighting is on.</summary>
internal sealed class Code(MarkdownExtensions extensions) : IInlineRule
{
    private string current = "";
    private Dictionary<int, List<int>> runs = [];

    public bool MayMatch(string text) => text.Contains('`', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        Index(text);
        for (var i = text.IndexOf('`', from); i >= 0; i = text.IndexOf('`', i))
        {
            var end = i;
            while (end < text.Length && text[end] == '`') end++;
            var slashes = Slashes(text, i);
            if (slashes >= 2 && slashes % 2 == 0 && i - slashes >= from) return new(i - slashes, i, string.Concat(Enumerable.Repeat(Marks.ABackslash, slashes / 2)));

            // After a backslash the first backtick is only a letter.
            var start = slashes % 2 == 1 ? i + 1 : i;
            for (; start < end; start++)
            {
                for (var length = end - start; length > 0; length--)
                {
                    if (Close(start + length, length) is not { } close) continue;
                    return new(start, close + length, Element(text[(start + length)..close], context.Document));
                }
            }

            i = end;
            if (i >= text.Length) break;
        }

        return null;
    }

    public static int Slashes(string text, int before)
    {
        var count = 0;
        while (count < before && text[before - count - 1] == '\\') count++;
        return count;
    }

    private Node Element(string code, Document document)
    {
        var source = code.Trim();
        if (!extensions.InlineHighlight) return new Node("code").Final(Entities.Escape(source));

        var element = new Node("code");
        if (LanguageOf(code) is { } found)
        {
            source = found.Source.Trim();
            document.HasCode = true;
            var highlight = extensions.Highlight ?? new();
            element["class"] = $"{highlight.Prefix}{found.Language} {highlight.Class}".Trim();
        }

        element.Text = document.Keep(Entities.Escape(source));
        return element;
    }

    private static (string Language, string Source)? LanguageOf(string code)
    {
        var from = code.StartsWith("#!", StringComparison.Ordinal) ? 2 : code.StartsWith(":::", StringComparison.Ordinal) ? code.Length - code.TrimStart(':').Length : 0;
        if (from == 0) return null;
        var end = from;
        while (end < code.Length && (Words.IsWord(code[end]) || code[end] is '#' or '.' or '+' or '-')) end++;
        return end > from && end < code.Length && char.IsWhiteSpace(code[end]) && code.AsSpan(end).Trim().Length > 0 ? (code[from..end], code[end..]) : null;
    }

    private void Index(string text)
    {
        if (ReferenceEquals(text, current)) return;
        current = text;
        runs = [];
        for (var i = text.IndexOf('`', StringComparison.Ordinal); i >= 0;)
        {
            var end = i;
            while (end < text.Length && text[end] == '`') end++;
            if (!runs.TryGetValue(end - i, out var same)) runs[end - i] = same = [];
            same.Add(i);
            i = end >= text.Length ? -1 : text.IndexOf('`', end);
        }
    }

    private int? Close(int from, int length)
    {
        if (!runs.TryGetValue(length, out var same)) return null;
        var index = same.BinarySearch(from + 1);
        if (index < 0) index = ~index;
        return index < same.Count ? same[index] : null;
    }
}
