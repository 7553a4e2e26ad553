namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Brackets of a text with those that close them, and what follows a link's text in parentheses.</summary>
internal sealed class LinkText
{
    private readonly string text;
    private readonly Dictionary<int, int> closing = [];

    public LinkText(string text)
    {
        this.text = text;
        var open = new Stack<int>();
        for (var i = text.AsSpan().IndexOfAny('[', ']'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '[') open.Push(i);
            else if (text[i] == ']' && open.TryPop(out var start)) closing[start] = i;
        }
    }

    public bool IsOf(string other) => ReferenceEquals(text, other);

    /// <summary>The bracket that closes the one that opens here.</summary>
    public int? Closing(int open) => closing.TryGetValue(open, out var close) ? close : null;

    /// <summary>An address in parentheses, maybe with a title, and where it ends.</summary>
    public (string Address, string? Title, int End)? Target(int at, IInlineContext context)
    {
        if (at >= text.Length || text[at] != '(') return null;
        var start = at + 1;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        return (start < text.Length && text[start] == '<' ? Angled(start) : null) ?? Bare(start, context);
    }

    private (string Address, string? Title, int End)? Angled(int open)
    {
        var close = open + 1;
        while (close < text.Length && text[close] is not ('<' or '>')) close++;
        if (close >= text.Length || text[close] != '>') return null;
        var i = Skip(close + 1);
        string? title = null;
        if (i < text.Length && text[i] is '"' or '\'')
        {
            var end = text.IndexOf(text[i], i + 1);
            if (end < 0) return null;
            title = text[(i + 1)..end];
            i = Skip(end + 1);
        }

        return i < text.Length && text[i] == ')' ? (text[(open + 1)..close].Trim(), title, i + 1) : null;
    }

    private int Skip(int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i])) i++;
        return i;
    }

    /// <summary>
    /// Parentheses may nest. A quote begins a title, which counts only if it ends right before the last parenthesis; else the
    /// address goes on to the parenthesis that closes without it.
    /// </summary>
    private (string Address, string? Title, int End)? Bare(int start, IInlineContext context)
    {
        var nesting = 1;
        var fallbackNesting = 1;
        var fallback = -1;
        var first = new Quote();
        var second = new Quote();
        var last = '\0';
        for (var i = start; i < text.Length && context.Work-- > 0; i++)
        {
            var letter = text[i];
            switch (letter)
            {
                case '(':
                    if (!first.IsOpen) nesting++;
                    else if (fallbackNesting > 0) fallbackNesting--;
                    break;
                case ')':
                    if (first.ClosedBy(last) || second.ClosedBy(last)) return Titled(start, first.ClosedBy(last) ? first : second, i + 1);
                    if (!first.IsOpen)
                    {
                        nesting--;
                    }
                    else if (fallbackNesting > 0 && --fallbackNesting == 0)
                    {
                        fallback = i;
                    }

                    if (nesting == 0) return (text[start..i], null, i + 1);
                    break;
                case '"' or '\'':
                    if (!first.IsOpen)
                    {
                        fallbackNesting = nesting;
                        nesting = 1;
                        first = new(letter, i, -1);
                    }
                    else if (letter == first.Sign) first = first with { Close = i };
                    else if (!second.IsOpen) second = new(letter, i, -1);
                    else second = second with { Close = i };
                    break;
            }

            if (letter != ' ') last = letter;
        }

        return fallback >= 0 && fallbackNesting == 0 ? (text[start..fallback], null, fallback + 1) : null;
    }

    private (string Address, string? Title, int End) Titled(int start, Quote quote, int end) =>
        (text[start..quote.Start], text[(quote.Start + 1)..quote.Close], end);

    private readonly record struct Quote(char Sign, int Start, int Close)
    {
        public bool IsOpen => Sign != '\0';

        public bool ClosedBy(char last) => IsOpen && Close >= 0 && last == Sign;
    }
}
