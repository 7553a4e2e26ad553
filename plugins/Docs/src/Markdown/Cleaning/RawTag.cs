using System.Net;
using Stagedoor.Docs.Markdown.Before;

namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>A tag as a browser reads it.</summary>
internal readonly record struct RawTag(string Name, bool IsEnd, int End, List<KeyValuePair<string, string>> Attributes)
{
    private const int MaxAttributes = 200;

    private static readonly List<KeyValuePair<string, string>> None = [];

    /// <summary>Nothing: no tag begins here, or it does not end.</summary>
    public static RawTag? Read(string html, int at, NextOf next)
    {
        var i = at + 1;
        if (next.Index(">", i) < 0) return null;
        var isEnd = i < html.Length && html[i] == '/';
        if (isEnd) i++;
        if (i >= html.Length || !char.IsAsciiLetter(html[i])) return null;
        var start = i;
        while (i < html.Length && html[i] is not ('/' or '>') && !IsSpace(html[i])) i++;
        var name = html[start..i].ToLowerInvariant();
        List<KeyValuePair<string, string>>? attributes = null;
        while (i < html.Length)
        {
            if (html[i] == '>') return new(name, isEnd, i + 1, attributes ?? None);
            if (html[i] == '/' || IsSpace(html[i]))
            {
                i++;
                continue;
            }

            if (attributes?.Count == MaxAttributes) return null;
            start = i++;
            while (i < html.Length && html[i] is not ('/' or '>' or '=') && !IsSpace(html[i])) i++;
            var key = html[start..i];
            if (Value(html, ref i, next) is not { } value) return null;
            attributes ??= [];
            attributes.Add(new(key.ToLowerInvariant(), value));
        }

        return null;
    }

    private static string? Value(string html, ref int i, NextOf next)
    {
        var at = i;
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at >= html.Length || html[at] != '=') return "";
        at++;
        while (at < html.Length && IsSpace(html[at])) at++;
        if (at < html.Length && html[at] is '"' or '\'')
        {
            var close = next.Index(html[at] == '"' ? "\"" : "'", at + 1);
            if (close < 0) return null;
            i = close + 1;
            return WebUtility.HtmlDecode(html[(at + 1)..close]);
        }

        i = at;
        while (i < html.Length && html[i] != '>' && !IsSpace(html[i])) i++;
        return WebUtility.HtmlDecode(html[at..i]);
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\r' or '\f';
}
