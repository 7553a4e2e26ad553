using System.Text;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>
/// Takes blocks of raw HTML out of the text, so that nothing looks for Markdown in them, and makes trees of those that ask for
/// Markdown inside.
/// </summary>
internal sealed class HtmlBlocks(string text, Document document)
{
    private readonly NextOf next = new(text);
    private readonly StringBuilder clean = new(text.Length);
    private readonly StringBuilder raw = new();
    private readonly Stack<string> open = new();
    private readonly Dictionary<string, int> openOf = new(StringComparer.Ordinal);
    private readonly HtmlTrees trees = new();
    private readonly bool markdownInside = document.Extensions.MarkdownInHtml;
    private bool inRaw;
    private bool inTail;
    private string? rawText;
    private int at;

    public string Apply()
    {
        if (text.AsSpan().IndexOfAny('<', '&') < 0) return text;
        while (at < text.Length)
        {
            var found = rawText is null ? text.AsSpan(at).IndexOfAny('<', '&') : EndOfRawText() - at;
            if (found < 0) found = text.Length - at;
            if (found > 0) Data(text.Substring(at, found));
            at += found;
            if (at >= text.Length) break;
            if (text[at] == '&') Reference();
            else Tag();
        }

        if (trees.CloseAll() is { } unclosed) Finish(unclosed);

        if (raw.Length > 0) clean.Append(document.Keep(raw.ToString()));
        return clean.ToString();
    }

    private int EndOfRawText()
    {
        var end = next.Index("</" + rawText, at);
        return end < 0 ? text.Length : end;
    }

    private void Reference()
    {
        var length = Entities.LengthAt(text, at);
        if (length == 0 && NumberAt(at + 1) is { } end)
        {
            Empty(text[at..end] + ";", isBlock: false);
            at = end;
            return;
        }

        if (length == 0)
        {
            Data("&");
            at++;
            return;
        }

        Empty(text.Substring(at, length), isBlock: false);
        at += length;
    }

    /// <summary>The end of a reference by number that lacks its semicolon.</summary>
    private int? NumberAt(int place)
    {
        if (place + 1 >= text.Length || text[place] != '#') return null;
        var isHexadecimal = text[place + 1] is 'x' or 'X';
        var from = place + (isHexadecimal ? 2 : 1);
        var end = from;
        while (end < text.Length && (isHexadecimal ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end]))) end++;
        return end > from && end < text.Length && !char.IsAsciiHexDigit(text[end]) ? end : null;
    }

    private void Tag()
    {
        var second = at + 1 < text.Length ? text[at + 1] : '\0';
        if (char.IsAsciiLetter(second)) StartTag();
        else if (second == '/') EndTag();
        else if (second == '!' && text.AsSpan(at).StartsWith("<!--")) Comment();
        else if (second == '?') Instruction();
        else if (second == '!') Declaration();
        else Plain(1);
    }

    private void Plain(int length)
    {
        var data = text.Substring(at, length);
        at += length;
        Data(data);
    }

    private void StartTag()
    {
        if (HtmlTag.Read(text, at, next) is not { } tag)
        {
            Plain(1);
        }
        else if (tag.Name.Length == 0)
        {
            Plain(tag.End - at);
        }
        else if (tag.ClosesItself)
        {
            Empty(text[at..tag.End], Elements.Block.Contains(tag.Name));
            at = tag.End;
        }
        else
        {
            if (tag.Name is "script" or "style") rawText = tag.Name;
            Start(tag, text[at..tag.End]);
            at = tag.End;
        }
    }

    private void Start(HtmlTag tag, string source)
    {
        var isBlock = Elements.Block.Contains(tag.Name);
        var onOwnLine = inTail || AtLineStart();
        if (tag.Name == "hr" && (onOwnLine || !markdownInside))
        {
            Empty(source, isBlock: true);
        }
        else if (!markdownInside)
        {
            StartRaw(tag.Name, source, isBlock && (inTail || (AtLineStart() && !inRaw)));
        }
        else if (isBlock && onOwnLine)
        {
            var mode = inRaw ? "off" : trees.ModeOf(tag);
            if (inRaw || (mode == "off" && trees.Count == 0)) StartRaw(tag.Name, source, inTail || (AtLineStart() && !inRaw));
            else OpenTree(tag, mode);
        }
        else if (inRaw)
        {
            StartRaw(tag.Name, source, begins: false);
        }
        else
        {
            Data(trees.IsRaw ? document.Keep(source) : source);
            if (rawText == tag.Name) rawText = null;
        }
    }

    private void StartRaw(string name, string source, bool begins)
    {
        if (begins)
        {
            inRaw = true;
            clean.Append('\n');
        }

        if (inRaw)
        {
            open.Push(name);
            openOf[name] = openOf.GetValueOrDefault(name) + 1;
            raw.Append(source);
        }
        else
        {
            clean.Append(source);
            if (rawText == name) rawText = null;
        }
    }

    private void EndTag()
    {
        var close = next.Index(">", at + 1);
        if (close < 0)
        {
            Plain(text.Length - at);
            return;
        }

        var source = text[at..(close + 1)];
        var name = source[2..^1].Trim();
        var end = name.IndexOfAny([' ', '\t', '\n', '/']);
        if (end > 0) name = name[..end];
        name = name.ToLowerInvariant();
        if (rawText is not null && name != rawText)
        {
            Plain(source.Length);
            return;
        }

        if (name.Length == 0)
        {
            at = close + 1;
            return;
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            Empty(source, isBlock: false);
            at = close + 1;
            return;
        }

        rawText = null;
        End(name, source, close + 1);
        at = close + 1;
    }

    private void End(string name, string source, int after)
    {
        if (inRaw)
        {
            EndRaw(name, source, after);
        }
        else if (markdownInside && Elements.Block.Contains(name) && trees.Holds(name))
        {
            if (trees.Close(name) is not { } whole) return;
            Finish(whole);
            if (!BlankLineAt(after)) inTail = true;
        }
        else
        {
            Data(trees.IsRaw ? document.Keep(source) : source);
        }
    }

    private void EndRaw(string name, string source, int after)
    {
        raw.Append(source);
        for (var isOpen = openOf.GetValueOrDefault(name) > 0; isOpen;)
        {
            var closed = open.Pop();
            openOf[closed]--;
            isOpen = closed != name;
        }

        if (open.Count > 0) return;
        if (BlankLineAt(after)) raw.Append('\n');
        else inTail = true;
        inRaw = false;
        clean.Append(document.Keep(raw.ToString())).Append("\n\n");
        raw.Clear();
    }

    private void Data(string data)
    {
        if (inTail && data.Contains('\n', StringComparison.Ordinal)) inTail = false;
        if (inRaw) raw.Append(data);
        else if (trees.Count > 0) trees.Add(data);
        else clean.Append(data);
    }

    /// <summary>What has no content: a tag that closes itself, a comment, a reference.</summary>
    private void Empty(string source, bool isBlock)
    {
        if (!inRaw && trees.Count > 0)
        {
            Data(isBlock && AtLineStart() ? $"\n{document.Keep(source)}\n\n" : document.Keep(source));
        }
        else if (inRaw || inTail)
        {
            raw.Append(source);
        }
        else if (isBlock && AtLineStart())
        {
            if (BlankLineAt(at + source.Length)) source += "\n";
            else inTail = true;
            SeparateFromText();
            clean.Append(document.Keep(source)).Append("\n\n");
        }
        else
        {
            clean.Append(source);
        }
    }

    private void SeparateFromText()
    {
        if (clean.Length > 0 && clean[^1] == '\n' && !(clean.Length > 1 && clean[^2] == '\n')) clean.Append('\n');
    }

    private void Comment()
    {
        var close = next.Index("-->", at + 4);
        if (close < 0)
        {
            Plain(1);
            return;
        }

        var source = text[at..(close + 3)];
        Empty(source, isBlock: true);
        at += source.Length;
    }

    private void Instruction()
    {
        var close = AtLineStart() || inTail || trees.Count > 0 ? next.Index("?>", at + 2) : -2;
        if (close == -2)
        {
            Plain(2);
        }
        else
        {
            Until(close < 0 ? -1 : close + 2);
        }
    }

    private void Declaration()
    {
        if (!(AtLineStart() || inTail || trees.Count > 0))
        {
            Plain(2);
            return;
        }

        var isData = text.AsSpan(at).StartsWith("<![CDATA[");
        var close = next.Index(isData ? "]]>" : ">", at + 2);
        var isBlock = isData || text.AsSpan(at + 2).StartsWith("doctype", StringComparison.OrdinalIgnoreCase);
        Until(close < 0 ? -1 : close + (isData ? 3 : 1), isBlock);
    }

    private void Until(int end, bool isBlock = true)
    {
        if (end < 0)
        {
            Plain(1);
            return;
        }

        var source = text[at..end];
        Empty(source, isBlock);
        at = end;
    }

    private void OpenTree(HtmlTag tag, string mode)
    {
        // A paragraph ends where another block begins.
        if (trees.Holds("p") && trees.Close("p") is { } whole) Finish(whole);
        if (trees.IsFull) Data(document.Keep(text[at..tag.End]));
        else trees.Open(tag, mode);
    }

    private void Finish(Node element)
    {
        SeparateFromText();
        clean.Append(document.Keep(element)).Append("\n\n");
    }

    private bool AtLineStart()
    {
        for (var i = at - 1; i >= at - 4; i--)
        {
            if (i < 0 || text[i] == '\n') return true;
            if (text[i] != ' ') return false;
        }

        return false;
    }

    private bool BlankLineAt(int place)
    {
        for (var lines = 0; lines < 2; lines++)
        {
            while (place < text.Length && text[place] == ' ') place++;
            if (place >= text.Length || text[place] != '\n') return false;
            place++;
        }

        return true;
    }
}
