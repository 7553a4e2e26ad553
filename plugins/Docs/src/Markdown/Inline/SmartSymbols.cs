using System.Buffers;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Arrows, fractions, ordinals and signs that are typed as other letters.</summary>
internal sealed class SmartSymbols : IInlineRule
{
    private static readonly (string Typed, string Sign)[] Signs =
    [
        ("(tm)", "&trade;"), ("(c)", "&copy;"), ("(r)", "&reg;"), ("+/-", "&plusmn;"), ("<-->", "&harr;"), ("-->", "&rarr;"), ("<--", "&larr;"), ("=/=", "&ne;"),
        ("1/4", "&frac14;"), ("1/2", "&frac12;"), ("3/4", "&frac34;"), ("1/3", "&#8531;"), ("2/3", "&#8532;"), ("1/5", "&#8533;"), ("2/5", "&#8534;"),
        ("3/5", "&#8535;"), ("4/5", "&#8536;"), ("1/6", "&#8537;"), ("5/6", "&#8538;"), ("1/8", "&#8539;"), ("3/8", "&#8540;"), ("5/8", "&#8541;"), ("7/8", "&#8542;"),
        ("c/o", "&#8453;"),
    ];

    private static readonly SearchValues<char> Typed = SearchValues.Create("(+<-=/");

    public bool MayMatch(string text) => text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 || text.AsSpan().IndexOfAny(Typed) >= 0;

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = from; i < text.Length; i++)
        {
            var letter = text[i];
            if (!char.IsAsciiDigit(letter) && letter is not ('(' or '+' or '<' or '-' or '=' or 'c')) continue;
            foreach (var (typed, sign) in Signs)
            {
                if (letter == typed[0] && string.CompareOrdinal(text, i, typed, 0, typed.Length) == 0 && Stands(text, i, typed)) return new(i, i + typed.Length, context.Document.Keep(sign));
            }

            if (char.IsAsciiDigit(letter) && Ordinal(text, i) is { } end) return new(i, end, context.Document.Keep($"{text[i..(end - 2)]}<sup>{text[(end - 2)..end]}</sup>"));
        }

        return null;
    }

    private static bool Stands(string text, int at, string typed)
    {
        var before = at > 0 ? text[at - 1] : ' ';
        var after = at + typed.Length < text.Length ? text[at + typed.Length] : ' ';
        return typed switch
        {
            "-->" => before != '-',
            "<--" => after != '-',
            "c/o" => !Words.IsWord(before) && !Words.IsWord(after),
            _ when typed[1] == '/' && char.IsAsciiDigit(typed[0]) => !char.IsDigit(before) && !char.IsDigit(after),
            _ => true,
        };
    }

    private static int? Ordinal(string text, int at)
    {
        if (at > 0 && Words.IsWord(text[at - 1])) return null;
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end + 2 > text.Length || end - at > 20 || (end - at > 1 && text[at] == '0')) return null;
        if (end + 2 < text.Length && Words.IsWord(text[end + 2])) return null;
        var isTeen = end - at > 1 && text[end - 2] == '1';
        var wanted = text[end - 1] switch { '1' when !isTeen => "st", '2' when !isTeen => "nd", '3' when !isTeen => "rd", _ => "th" };
        var also = text[end - 1] switch { '1' => "st", '2' => "nd", '3' => "rd", _ => "th" };
        var suffix = text.AsSpan(end, 2);
        return suffix.SequenceEqual(wanted) || suffix.SequenceEqual(also) ? end + 2 : null;
    }
}
