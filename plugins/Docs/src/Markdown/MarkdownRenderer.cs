using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Before;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Cleaning;
using Stagedoor.Docs.Markdown.Inline;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown;

/// <summary>
/// Turns a page of Markdown into safe HTML the way MkDocs does. A pure function: the same text and options give the same page,
/// and whatever is included or looked up comes through the options.
/// </summary>
internal sealed class MarkdownRenderer(Tables tables)
{
    public MarkdownPage Render(string source, MarkdownOptions options)
    {
        var document = new Document(options);
        var (meta, text) = FrontMatter.Read(Limited(source, document));
        IReadOnlyList<Heading> contents;
        string uncleaned;
        try
        {
            contents = Parse(Prepare(text, document), document);
            uncleaned = Serializer.Write(document, document.Root);
        }
        catch (RegexMatchTimeoutException)
        {
            document.Notes.Add("This page is written in a way that takes too long to format. It is shown as it was written.");
            contents = [];
            uncleaned = $"<pre>{Entities.Escape(Whitespace.WithoutMarks(text))}</pre>";
        }

        var cleaner = new Cleaner(uncleaned, options);
        var html = cleaner.Clean();
        return new MarkdownPage(
            html,
            uncleaned,
            meta.GetValueOrDefault("title") as string ?? FirstHeading(document),
            meta,
            contents,
            cleaner.Addresses,
            cleaner.Ids,
            cleaner.Sections,
            NeedsOf(document),
            document.Diagrams,
            document.Notes);
    }

    private static string Limited(string source, Document document)
    {
        if (source.Length <= MarkdownOptions.MaxLength) return source;

        document.Notes.Add($"This page is {source.Length / 1024 / 1024} MB long. Its first {MarkdownOptions.MaxLength / 1024 / 1024} MB are shown; the rest is in its source.");
        var end = source.LastIndexOf('\n', MarkdownOptions.MaxLength);
        return source[..(end > 0 ? end : MarkdownOptions.MaxLength)];
    }

    /// <summary>From what was written to text with only Markdown in it: files included, fences and raw HTML taken out.</summary>
    private static string Prepare(string text, Document document)
    {
        var extensions = document.Extensions;
        text = Whitespace.WithoutMarks(text);
        if (extensions.Snippets) text = new Snippets(document.Options.Include, document.Notes).Include(text);
        if (extensions.Critic is { } critic) text = Critic.Apply(text, critic, document);
        text = Whitespace.Normalize(text);
        var lines = text.Split('\n');
        if (extensions.Alerts) lines = Alerts.Apply(lines);
        if (extensions.SuperFences) lines = new SuperFences(document).Apply(lines);
        else if (extensions.Fences is not null) lines = PlainFences.Apply(lines, document);
        if (extensions.TrulySaneLists == ListSteps.Step) lines = ListSteps.Apply(lines);
        return new HtmlBlocks(string.Join('\n', lines), document).Apply().Trim('\n');
    }

    private IReadOnlyList<Heading> Parse(string text, Document document)
    {
        var extensions = document.Extensions;
        var blocks = new BlockParser(document, BlockRules.For(extensions));
        blocks.ParseChunk(document.Root, Block.Of(text));
        if (extensions.Footnotes) Footnotes.Place(document, blocks);
        IndentedBlocks.Apply(document);
        if (extensions.TaskLists is { } tasks) TaskLists.Apply(document, tasks);

        var footnotes = new FootnoteReferences();
        new InlineParser(document, InlineRules.For(extensions, tables, footnotes)).Apply(document.Root);
        if (extensions.Footnotes) Footnotes.Repeat(document, footnotes.Count);
        if (extensions.AttributeLists) AttributeLists.Apply(document);
        var contents = extensions.Contents is { } options ? new Contents(document, options, tables.Letters).Apply() : [];
        if (extensions.SmartSymbols) new InlineParser(document, [new SmartSymbols()]).Apply(document.Root);
        return contents;
    }

    private static string? FirstHeading(Document document)
    {
        var heading = document.Root.All().FirstOrDefault(node => node.Tag == "h1");
        if (heading is null) return null;

        // Its own HTML, cleaned, is the shortest way to its plain text.
        var holder = new Node("div");
        holder.Children.Add(heading);
        var cleaner = new Cleaner(Serializer.Write(document, holder), document.Options with { Rewrite = found => found.Address });
        cleaner.Clean();
        return cleaner.Sections is [{ Title: { Length: > 0 } title }, ..] ? title : null;
    }

    private static Needs NeedsOf(Document document) =>
        (document.HasMath ? Needs.Math : Needs.None) | (document.HasMermaid ? Needs.Mermaid : Needs.None) | (document.HasCode ? Needs.Highlighting : Needs.None);
}
