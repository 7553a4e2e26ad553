using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;

namespace Stagedoor.Docs.Rendering;

/// <summary>Renders a page of a site: reads it with what it includes, and leads its links where they belong.</summary>
internal sealed class PageRendering(MarkdownRenderer renderer, IconLibrary icons)
{
    /// <summary>What the frame around a page calls its own, so that no page can take it.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "main", "top", "marks", "palette", "shortcuts", "actions-menu", "docs-nav", "docs-toc", "docs-report", "docs-version", "docs-hover",
    };

    public async Task<ReadPage> Render(RenderingOrder order, CancellationToken cancellationToken)
    {
        var (site, files, page) = (order.Site, order.Files, order.Page);
        var content = await files.Read(page.File, cancellationToken);
        var text = content is null ? new PageText("", NotShown(page.File)) : PageText.Of(content);
        var source = text.Text + string.Concat(page.Settings.AppendedSnippets.Select(name => $"\n\n--8<-- \"{name}\"\n")) + order.Glossary;
        var snippets = new SnippetFiles(files, page.Settings);
        if (page.Settings.Extensions.Snippets)
        {
            await snippets.Fetch(source.Length > MarkdownOptions.MaxLength ? source[..MarkdownOptions.MaxLength] : source, cancellationToken);
        }

        var links = new PageLinks(site, page, order.At, order.Outside);
        var rendered = renderer.Render(
            source,
            new MarkdownOptions
            {
                Extensions = page.Settings.Extensions,
                Include = snippets.Text,
                Rewrite = links.Lead,
                Draw = order.Draw,
                IsReserved = Reserved.Contains,
                HasIcon = icons.Has,
            });
        return new ReadPage(
            page, rendered.Title ?? page.Title, rendered.Meta.GetValueOrDefault("description") as string, rendered.Html, rendered.Contents, rendered.Needs,
            text.Note is null ? rendered.Notes : [text.Note, .. rendered.Notes])
        {
            Sections = rendered.Sections,
            Ids = rendered.Ids,
            Links = links.Found,
            Hidden = rendered.Meta.GetValueOrDefault("hide") is IReadOnlyList<object?> hidden ? [.. hidden.OfType<string>()] : [],
        };
    }

    private static string NotShown(SiteFile file) => file switch
    {
        { Kind: SiteFileKind.Link } => "This file is a link, and links are not followed.",
        { Kind: SiteFileKind.Submodule } => "This is another repository, and those are not read.",
        { Size: > ISiteFiles.MostBytes } => $"This file is {file.Size / 1024 / 1024} MB large, more than is shown. Its source has all of it.",
        _ => "This file could not be read.",
    };
}

/// <summary>What is to be rendered, for which reader's addresses.</summary>
internal sealed record RenderingOrder(Site Site, ISiteFiles Files, SitePage Page, DocsBase At)
{
    /// <summary>Where a code host shows a file of the repository.</summary>
    public Func<string, string?> Outside { get; init; } = _ => null;

    public Func<string, string, string?> Draw { get; init; } = (_, _) => null;

    /// <summary>Abbreviations that hold on every page.</summary>
    public string Glossary { get; init; } = "";
}
