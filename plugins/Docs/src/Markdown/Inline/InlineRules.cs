using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>The rules for text that a set of extensions has, in the order in which they are applied.</summary>
internal static class InlineRules
{
    public static IReadOnlyList<IInlineRule> For(MarkdownExtensions extensions, Tables tables, FootnoteReferences footnotes)
    {
        var rules = new List<IInlineRule> { new Code(extensions) };
        if (extensions.Math is { } math) rules.Add(new Formulas(math));
        if (extensions.Keys) rules.Add(new Keys(tables.Keys));
        rules.Add(new Escapes(extensions));
        if (extensions.Footnotes) rules.Add(footnotes);
        rules.Add(new Links(image: false, Links.Form.Name));
        rules.Add(new Links(image: false, Links.Form.Address));
        rules.Add(new Links(image: true, Links.Form.Address));
        rules.Add(new Links(image: true, Links.Form.Name));
        rules.Add(new Links(image: false, Links.Form.Short));
        rules.Add(new Links(image: true, Links.Form.Short));
        rules.Add(new AngledLinks(extensions.MagicLinks is { HideProtocol: true }));
        rules.Add(new AngledMail());
        rules.Add(new LineBreaks("  \n"));
        rules.Add(new RawHtml());
        if (extensions.MagicLinks is { } magic)
        {
            rules.Add(new BareLinks(magic.HideProtocol));
            rules.Add(new MailLinks());
        }

        rules.Add(new References());
        if (extensions.MagicLinks is { Shorthand: true } shorthand) rules.AddRange(Enum.GetValues<Shorthands.Form>().Select(form => new Shorthands(shorthand, form)));
        if (extensions.Emoji is { } emoji) rules.Add(new Emoji(tables.Emoji, emoji));
        AddEmphasis(rules, extensions);
        if (extensions.LineBreaks) rules.Add(new LineBreaks("\n"));
        if (extensions.Abbreviations) rules.Add(new Abbreviations());
        return rules;
    }

    private static void AddEmphasis(List<IInlineRule> rules, MarkdownExtensions extensions)
    {
        if (extensions.BetterEmphasis is null) rules.Add(new LoneSigns());
        if (extensions.Caret is { } caret) rules.Add(new Emphasis('^', EmphasisForms.Heights(caret, "ins", "sup")));
        if (extensions.Mark is { } mark) rules.Add(new Emphasis('=', EmphasisForms.Marked(mark.Smart)));
        if (extensions.Tilde is { } tilde) rules.Add(new Emphasis('~', EmphasisForms.Heights(tilde, "del", "sub")));
        if (extensions.BetterEmphasis is { } better)
        {
            rules.Add(new Emphasis('*', better is SmartEmphasis.All or SmartEmphasis.Asterisk ? EmphasisForms.Smart() : EmphasisForms.Better()));
            rules.Add(new Emphasis('_', better is SmartEmphasis.All or SmartEmphasis.Underscore ? EmphasisForms.Smart() : EmphasisForms.Better()));
        }
        else
        {
            rules.Add(new Emphasis('*', EmphasisForms.Stars()));
            rules.Add(new Emphasis('_', EmphasisForms.Lines()));
        }
    }
}
