using System.Buffers;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Letters that a backslash makes mean themselves.</summary>
internal sealed class Escapes(MarkdownExtensions extensions) : IInlineRule
{
    private readonly SearchValues<char> letters = SearchValues.Create(
        "\\`*_{}[]()>#+-.!" + (extensions.Tables ? "|" : "") + (extensions.Caret is not null ? "^" : "") + (extensions.Tilde is not null ? "~" : "")
        + (extensions.Caret is { Heights: true } || extensions.Tilde is { Heights: true } ? " " : "") + (extensions.Mark is not null ? "=" : "")
        + (extensions.Emoji is not null ? ":" : "") + (extensions.Math is not null ? "$" : "")
        + (extensions.MagicLinks is { Shorthand: true } ? "@" : ""));

    public bool MayMatch(string text) => text.Contains('\\', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        var i = from < text.Length ? text.IndexOf('\\', from) : -1;
        if (i < 0 || i + 1 >= text.Length) return null;
        return new(i, i + 2, letters.Contains(text[i + 1]) ? Marks.Of(Marks.Letter, text[i + 1]) : null);
    }
}

/// <summary>Two spaces at the end of a line, or any end of a line, where that was asked for.</summary>
internal sealed class LineBreaks(string sought) : IInlineRule
{
    public bool MayMatch(string text) => text.Contains(sought, StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        var i = text.IndexOf(sought, from, StringComparison.Ordinal);
        return i < 0 ? null : new(i, i + sought.Length, new Node("br"));
    }
}

/// <summary>Tags, comments and character references within text: kept as they are.</summary>
internal sealed class RawHtml : IInlineRule
{
    public bool MayMatch(string text) => text.Contains('<', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf('<', from); i >= 0; i = i + 1 < text.Length ? text.IndexOf('<', i + 1) : -1)
        {
            var end = EndOf(text, i, context);
            if (end > 0) return new(i, end, context.Document.Keep(context.UnmarkHtml(text[i..end])));
        }

        return null;
    }

    private static int EndOf(string text, int start, IInlineContext context)
    {
        if (text.AsSpan(start).StartsWith("<!--"))
        {
            context.Work -= 1 + ((text.Length - start) / 64);
            if (context.Work < 0) return -1;
            var close = text.IndexOf("-->", start + 4, StringComparison.Ordinal);
            var another = text.IndexOf("<!--", start + 4, StringComparison.Ordinal);
            return close >= 0 && (another < 0 || another > close) ? close + 3 : -1;
        }

        var i = start + 1;
        if (i < text.Length && text[i] == '/') i++;
        if (i >= text.Length || !char.IsAsciiLetter(text[i])) return -1;
        while (i < text.Length && text[i] is not ('<' or '>' or '@' or ' ')) i++;
        if (i < text.Length && text[i] == ' ')
        {
            while (i < text.Length && text[i] is not ('<' or '>')) i++;
        }

        return i < text.Length && text[i] == '>' ? i + 1 : -1;
    }
}

/// <summary>Character references.</summary>
internal sealed class References : IInlineRule
{
    public bool MayMatch(string text) => text.Contains('&', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf('&', from); i >= 0; i = i + 1 < text.Length ? text.IndexOf('&', i + 1) : -1)
        {
            var length = Entities.LengthAt(text, i);
            if (length > 0) return new(i, i + length, context.Document.Keep(text.Substring(i, length)));
        }

        return null;
    }
}

/// <summary>A star or a line between spaces means itself.</summary>
internal sealed class LoneSigns : IInlineRule
{
    public bool MayMatch(string text) => text.AsSpan().IndexOfAny('*', '_') >= 0;

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = from; i < text.Length; i++)
        {
            var next = text.AsSpan(i).IndexOfAny('*', '_');
            if (next < 0) return null;
            i += next;
            var start = i == 0 ? 0 : char.IsWhiteSpace(text[i - 1]) && i - 1 >= from ? i - 1 : -1;
            var end = i + 1 == text.Length ? i + 1 : char.IsWhiteSpace(text[i + 1]) ? i + 2 : -1;
            if (start >= 0 && end >= 0) return new(start, end, text[start..end]);
        }

        return null;
    }
}
