using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Emphasis by runs of one sign: stars, underscores, carets, tildes, equals signs.</summary>
internal sealed class Emphasis(char sign, EmphasisForm[] forms) : IInlineRule
{
    public bool StartsOver => true;

    public bool MayMatch(string text) => text.Contains(sign, StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = from < text.Length ? text.IndexOf(sign, from) : -1; i >= 0; i = i + 1 < text.Length ? text.IndexOf(sign, i + 1) : -1)
        {
            for (var form = 0; form < forms.Length; form++)
            {
                if (Match(text, i, forms[form], context) is { } found) return new(i, found.End, Element(text, found, form, context));
            }
        }

        return null;
    }

    private Node Element(string text, Found found, int index, IInlineContext context)
    {
        var form = forms[index];
        var outer = new Node(form.Outer);
        var first = text[found.First];
        if (form.Inner.Length == 0)
        {
            Inside(first, outer, index, context);
            return outer;
        }

        var inner = new Node(form.Inner);
        if (form.Nesting == Nesting.InnerLast)
        {
            Inside(first, outer, index, context);
            outer.Children.Add(inner);
            Inside(text[found.Second], inner, index, context);
            return outer;
        }

        Inside(first, inner, index, context);
        outer.Children.Add(inner);
        if (form.Nesting == Nesting.InnerFirst) Inside(text[found.Second], outer, index, context);
        return outer;
    }

    /// <summary>Within emphasis only the forms after its own are looked for.</summary>
    private void Inside(string text, Node parent, int index, IInlineContext context)
    {
        var written = 0;
        var i = text.IndexOf(sign, StringComparison.Ordinal);
        while (i >= 0 && i < text.Length)
        {
            var matched = false;
            for (var form = index + 1; form < forms.Length; form++)
            {
                if (i >= text.Length || Match(text, i, forms[form], context) is not { } found) continue;
                Write(text[written..i]);
                parent.Children.Add(Element(text, found, form, context));
                written = i = found.End;
                matched = true;
            }

            if (!matched) i++;
            i = i < text.Length ? text.IndexOf(sign, i) : -1;
        }

        Write(text[written..]);

        void Write(string more)
        {
            if (more.Length == 0) return;
            if (parent.Last is { } last) last.Tail = more;
            else parent.Text = more;
        }
    }

    private Found? Match(string text, int at, EmphasisForm form, IInlineContext context)
    {
        if (!Stands(text, at, form.Open)) return null;
        var start = at + form.Open.Count;
        foreach (var middle in Ends(text, start, form.First, form.Middle, context))
        {
            var behind = middle + form.Middle.Count;
            if (form.Nesting == Nesting.Single) return new(start..middle, default, behind);
            foreach (var close in Ends(text, behind, form.Second, form.Close, context))
            {
                return new(start..middle, behind..close, close + form.Close.Count);
            }
        }

        return null;
    }

    /// <summary>The places where a text may end and these signs follow, nearest first.</summary>
    private IEnumerable<int> Ends(string text, int start, Between content, Signs signs, IInlineContext context)
    {
        if (content is Between.FewSigns or Between.SpacedSigns or Between.Solid or Between.SolidNoSign)
        {
            var two = content is Between.FewSigns or Between.SolidNoSign;
            for (var count = two ? 2 : 1; count >= 1; count--)
            {
                if (Run(text, start) >= count && Stands(text, start + count, signs)) yield return start + count;
            }
        }

        var space = content is Between.Solid or Between.SolidNoSign ? Space(text, start) : text.Length;
        var least = content == Between.AnyOrNone ? start : start + 1;
        for (var i = start < text.Length ? text.IndexOf(sign, start) : -1; i >= 0 && i <= space; i = i + 1 < text.Length ? text.IndexOf(sign, i + 1) : -1)
        {
            if (context.Work-- <= 0) yield break;
            if (i >= least && Stands(text, i, signs)) yield return i;
            if (!MayHold(text, i, content)) yield break;
        }
    }

    /// <summary>Whether the sign at a place may belong to the text.</summary>
    private bool MayHold(string text, int at, Between content) => content switch
    {
        Between.NoSign or Between.FewSigns or Between.SolidNoSign => false,
        Between.SpacedSigns => at > 0 && char.IsWhiteSpace(text[at - 1]),
        Between.PairedSigns => at < 2 || text[at - 1] != sign || text[at - 2] != sign,
        _ => true,
    };

    private static int Space(string text, int from)
    {
        while (from < text.Length && !char.IsWhiteSpace(text[from])) from++;
        return from;
    }

    private int Run(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 3 && text[end] == sign) end++;
        return end - at;
    }

    private bool Stands(string text, int at, Signs signs) =>
        Run(text, at) >= signs.Count
        && Allows(signs.Before, at > 0 ? text[at - 1] : '\n', at == 0)
        && Allows(signs.After, at + signs.Count < text.Length ? text[at + signs.Count] : '\n', at + signs.Count >= text.Length);

    private bool Allows(Beside beside, char letter, bool isEdge)
    {
        if (isEdge) return true;
        if (beside.HasFlag(Beside.NoSpace) && char.IsWhiteSpace(letter)) return false;
        if (beside.HasFlag(Beside.NoSign) && letter == sign) return false;
        if (beside.HasFlag(Beside.NoWord) && Words.IsWord(letter)) return false;
        return !beside.HasFlag(Beside.NoWordNorSign) || (letter == '_' && sign != '_') || (!Words.IsWord(letter) && letter != sign);
    }

    private readonly record struct Found(Range First, Range Second, int End);
}
