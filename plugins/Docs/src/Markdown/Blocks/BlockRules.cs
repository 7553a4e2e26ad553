namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>The rules for blocks that a set of extensions has, in the order in which they are asked.</summary>
internal static class BlockRules
{
    public static IReadOnlyList<IBlockRule> For(MarkdownExtensions extensions)
    {
        var step = extensions.TrulySaneLists ?? 4;
        var lists = new ListRules(extensions.SaneLists, extensions.TrulySaneLists is not null, step);
        var rules = new List<IBlockRule>();
        if (extensions.Admonitions) rules.Add(new Admonitions());
        if (extensions.Details) rules.Add(new Details());
        if (extensions.Tabs is { } tabs) rules.Add(new Tabs(tabs.Alternate));
        if (extensions.MarkdownInHtml) rules.Add(new MarkdownInHtml());
        rules.Add(new EmptyBlocks());
        rules.Add(new ListIndentation(step, definitions: false));
        if (extensions.DefinitionLists) rules.Add(new ListIndentation(4, definitions: true));
        rules.Add(new IndentedCode());
        if (extensions.Math is { } math) rules.Add(new MathBlocks(math));
        if (extensions.Tables) rules.Add(new Tables());
        rules.Add(new HashHeadings());
        rules.Add(new LinedHeadings());
        rules.Add(new Rules());
        rules.Add(new Lists(numbered: true, lists));
        rules.Add(new Lists(numbered: false, lists));
        if (extensions.DefinitionLists) rules.Add(new Definitions());
        rules.Add(new Quotes());
        if (extensions.Footnotes) rules.Add(new FootnoteDefinitions());
        if (extensions.Abbreviations) rules.Add(new AbbreviationDefinitions());
        rules.Add(new References());
        rules.Add(new Paragraphs());
        return rules;
    }
}
