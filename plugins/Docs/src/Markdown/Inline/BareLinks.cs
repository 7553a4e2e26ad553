using System.Buffers;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Addresses that just stand in the text.</summary>
internal sealed class BareLinks(bool hideProtocol) : IInlineRule
{
    private static readonly string[] Beginnings = ["http://", "https://", "ftp://", "ftps://", "www."];

    private static readonly SearchValues<char> First = SearchValues.Create("hHfFwW");

    public bool InLinks => false;

    public bool MayMatch(string text) => text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = Next(text, from); i >= 0; i = Next(text, i + 1))
        {
            var beginning = Array.Find(Beginnings, prefix => text.AsSpan(i).StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
            if (beginning is null || (i > 0 && Words.IsWord(text[i - 1]) && text[i - 1] != '_')) continue;
            var start = i + beginning.Length;
            if (start >= text.Length || !char.IsLetterOrDigit(text[start])) continue;
            var end = start + 1;
            while (end < text.Length && IsPart(text[end])) end++;
            while (end > start + 1 && !IsLast(text[end - 1])) end--;
            if (end == start + 1) continue;

            var link = text[i..end];
            var isWeb = beginning == "www.";
            var shown = hideProtocol && !isWeb ? link[(link.IndexOf("://", StringComparison.Ordinal) + 3)..] : link;
            return new(i, end, new Node("a").Set("href", isWeb ? "http://" + link : context.Unmark(link)).Final(shown));
        }

        return null;
    }

    private static int Next(string text, int from)
    {
        var found = from < text.Length ? text.AsSpan(from).IndexOfAny(First) : -1;
        return found < 0 ? -1 : from + found;
    }

    private static bool IsPart(char letter) => Words.IsWord(letter) || "-.?,!'(){}[]/+&@%$#=:\"|~;".Contains(letter, StringComparison.Ordinal);

    private static bool IsLast(char letter) => (Words.IsWord(letter) && letter != '_') || "-/#@$+=".Contains(letter, StringComparison.Ordinal);
}

/// <summary>Mail addresses that just stand in the text.</summary>
internal sealed class MailLinks : IInlineRule
{
    public bool InLinks => false;

    public bool MayMatch(string text) => text.Contains('@', StringComparison.Ordinal);

    public static Node Link(string mail) =>
        new Node("a").Set("href", Entities.EachLetter("mailto:" + mail)).Final(Entities.EachLetter(mail));

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var at = from < text.Length ? text.IndexOf('@', from) : -1; at >= 0; at = at + 1 < text.Length ? text.IndexOf('@', at + 1) : -1)
        {
            if (StartOf(text, at, from) is { } start && EndOf(text, at + 1) is { } end) return new(start, end, Link(text[start..end]));
        }

        return null;
    }

    private static int? StartOf(string text, int at, int from)
    {
        if (at == 0 || text[at - 1] == '.') return null;
        int? best = null;
        for (var i = at - 1; i >= from && at - i < 256; i--)
        {
            if (text[i] == '.')
            {
                if (text[i + 1] == '.') break;
                continue;
            }

            if (!IsLocal(text[i])) break;
            if (i == 0 || !(IsLocal(text[i - 1]) || text[i - 1] is '/' or '@')) best = i;
        }

        return best;
    }

    private static int? EndOf(string text, int from)
    {
        var i = from;
        int? best = null;
        var dots = 0;
        for (; i < text.Length && i - from < 256; i++)
        {
            if (text[i] == '.')
            {
                if (i == from || text[i - 1] == '.') break;
                dots++;
            }
            else if (!IsDomain(text[i]))
            {
                break;
            }
            else if (dots > 0 && char.IsAsciiLetter(text[i]) && (i + 1 >= text.Length || (!Words.IsWord(text[i + 1]) && text[i + 1] is not ('-' or '@'))))
            {
                best = i + 1;
            }
        }

        return best;
    }

    private static bool IsLocal(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '+' or '_';

    private static bool IsDomain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
