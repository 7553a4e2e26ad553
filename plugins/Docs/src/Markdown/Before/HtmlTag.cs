using System.Net;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>A start tag as Python's HTML parser finds it: lenient about attributes, strict about backticks.</summary>
internal sealed record HtmlTag(string Name, int End, bool ClosesItself, List<KeyValuePair<string, string>> Attributes)
{
    /// <summary>What has more attributes is no tag: many that do not end would each be read to the end of the page.</summary>
    private const int MaxAttributes = 200;

    /// <summary>
    /// Reads the tag that starts here. Nothing: there is none. A tag without a name: text up to its end that only looks like one.
    /// </summary>
    public static HtmlTag? Read(string text, int start, NextOf next)
    {
        var i = start + 1;
        if (next.Index(">", i) < 0) return null;
        while (i < text.Length && text[i] is not ('`' or '\t' or '\n' or '\r' or '\f' or ' ' or '/' or '>')) i++;
        var name = text[(start + 1)..i].ToLowerInvariant();
        var attributes = new List<KeyValuePair<string, string>>();
        var separated = false;
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]) || (text[i] == '/' && !(i + 1 < text.Length && text[i + 1] == '>')))
            {
                separated = true;
                i++;
                continue;
            }

            if (text[i] is '>' or '/' or '`' || !(separated || text[i - 1] is '"' or '\'')) break;
            if (attributes.Count == MaxAttributes) return null;
            i = Attribute(text, i, attributes, next);
            separated = false;
        }

        if (i >= text.Length) return null;
        if (text[i] == '>') return new(name, i + 1, false, attributes);
        if (text[i] == '/') return new(name, i + 2, true, attributes);
        return char.IsAsciiLetter(text[i]) || text[i] == '=' ? null : new("", i, false, attributes);
    }

    private static int Attribute(string text, int i, List<KeyValuePair<string, string>> attributes, NextOf next)
    {
        var from = i++;
        while (i < text.Length && text[i] is not ('/' or '=' or '>') && !char.IsWhiteSpace(text[i])) i++;
        var name = text[from..i].ToLowerInvariant();
        var at = i;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at >= text.Length || text[at] != '=')
        {
            attributes.Add(new(name, name));
            return i;
        }

        while (at < text.Length && text[at] == '=') at++;
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var close = next.Index(text[at].ToString(), at + 1);
            if (close < 0)
            {
                attributes.Add(new(name, name));
                return i;
            }

            attributes.Add(new(name, WebUtility.HtmlDecode(text[(at + 1)..close])));
            return close + 1;
        }

        var end = at;
        while (end < text.Length && text[end] is not ('`' or '>') && !char.IsWhiteSpace(text[end])) end++;
        attributes.Add(new(name, WebUtility.HtmlDecode(text[at..end])));
        return end;
    }
}

/// <summary>Searches forward in a text, and remembers what it found, so that many searches cost one pass.</summary>
internal sealed class NextOf(string text)
{
    private readonly Dictionary<string, (int From, int Found)> last = new(StringComparer.Ordinal);

    public int Index(string sought, int from)
    {
        if (last.TryGetValue(sought, out var known) && from >= known.From && (known.Found < 0 || from <= known.Found)) return known.Found;
        var found = from > text.Length ? -1 : text.IndexOf(sought, from, StringComparison.OrdinalIgnoreCase);
        last[sought] = (from, found);
        return found;
    }
}
