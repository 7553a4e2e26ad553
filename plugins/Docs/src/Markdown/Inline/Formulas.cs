using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Formulas within text: between dollar signs, or between escaped parentheses.</summary>
internal sealed class Formulas(MathOptions options) : IInlineRule
{
    public bool StartsOver => true;

    public bool MayMatch(string text) => text.AsSpan().IndexOfAny('$', '\\') >= 0;

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = Next(text, from); i >= 0; i = Next(text, i + 1))
        {
            var isDollar = text[i] == '$';
            if (!isDollar && !(i + 1 < text.Length && text[i + 1] == '(')) continue;
            var slashes = Code.Slashes(text, i);
            if (slashes >= 2 && slashes % 2 == 0 && i - slashes >= from) return new(i - slashes, i, string.Concat(Enumerable.Repeat(Marks.ABackslash, slashes / 2)));
            if (slashes > 0) continue;
            if ((isDollar ? Dollar(text, i, context) : Round(text, i, context)) is not { } found) continue;
            context.Document.HasMath = true;
            return new(i, found.End, new Node("span").Set("class", "arithmatex").Final($"\\({found.Formula}\\)"));
        }

        return null;
    }

    private static int Next(string text, int from)
    {
        var found = from < text.Length ? text.AsSpan(from).IndexOfAny('$', '\\') : -1;
        return found < 0 ? -1 : from + found;
    }

    private (string Formula, int End)? Dollar(string text, int start, IInlineContext context)
    {
        if (!options.Dollar || start + 2 >= text.Length || (options.SmartDollar && char.IsWhiteSpace(text[start + 1]))) return null;
        for (var i = start + 1; i < text.Length && context.Work-- > 0; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '$') return i == start + 1 || (options.SmartDollar && char.IsWhiteSpace(text[i - 1])) ? null : (text[(start + 1)..i], i + 1);
        }

        return null;
    }

    private (string Formula, int End)? Round(string text, int start, IInlineContext context)
    {
        if (!options.Round) return null;
        for (var i = start + 2; i + 1 < text.Length && context.Work-- > 0; i++)
        {
            if (text[i] == '\\' && text[i + 1] == ')') return i == start + 2 ? null : (text[(start + 2)..i], i + 2);
            if (text[i] == '\\') i++;
        }

        return null;
    }
}
