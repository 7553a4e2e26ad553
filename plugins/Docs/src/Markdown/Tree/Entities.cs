using System.Text;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>Character references in text, and plain text as text of HTML.</summary>
internal static class Entities
{
    /// <summary>The length of the reference that starts here, or nothing.</summary>
    public static int LengthAt(string text, int at)
    {
        var i = at + 1;
        if (i >= text.Length || text[at] != '&') return 0;
        var digits = 0;
        if (text[i] == '#')
        {
            i++;
            var hexadecimal = i < text.Length && text[i] is 'x' or 'X';
            if (hexadecimal) i++;
            for (; i < text.Length && (hexadecimal ? char.IsAsciiHexDigit(text[i]) : char.IsAsciiDigit(text[i])); i++) digits++;
        }
        else
        {
            for (; i < text.Length && char.IsAsciiLetterOrDigit(text[i]); i++) digits++;
        }

        return digits > 0 && i < text.Length && text[i] == ';' ? i + 1 - at : 0;
    }

    public static bool StartsAt(string text, int at) => LengthAt(text, at) > 0;

    /// <summary>Code as text of HTML: nothing in it is a reference.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny('&', '<', '>') < 0) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    public static string EscapeAttribute(string text) => Escape(text).Replace("\"", "&quot;", StringComparison.Ordinal);

    public static string EachLetter(string text) =>
        string.Concat(text.EnumerateRunes().Select(letter => $"{Marks.AnAmpersand}#{letter.Value};"));
}
