using System.Collections.Concurrent;
using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;

namespace Stagedoor.Docs.Rendering;

/// <summary>What the pages of a site say and lead to, without their HTML: for searching and for checking.</summary>
internal sealed record SiteDigest(Site Site, IReadOnlyList<PageDigest> Pages)
{
    /// <summary>Of what is beyond it only headings are found.</summary>
    private const long MostText = 32 * 1024 * 1024;

    /// <summary>Roughly, in memory.</summary>
    public long Bytes => Pages.Sum(page => page.Sections.Sum(section => (2L * (section.Text.Length + section.Title.Length)) + 80) + (page.Links.Count * 120L));

    /// <param name="outside">Where a file beside the site is shown; nothing if it is not there for its readers.</param>
    public static async Task<SiteDigest> Make(PageRendering rendering, Site site, ISiteFiles files, Func<string, string?> outside, CancellationToken cancellationToken)
    {
        var pages = new ConcurrentDictionary<int, PageDigest>();
        var left = MostText;
        var at = new DocsBase("", "", null);
        await Parallel.ForEachAsync(
            site.Pages.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount), CancellationToken = cancellationToken },
            async (item, token) =>
            {
                var read = await rendering.Render(new RenderingOrder(site, files, item.Item, at) { Outside = outside }, token);
                var isRoom = Interlocked.Add(ref left, -read.Sections.Sum(section => (long)section.Text.Length)) > 0;
                pages[item.Index] = new PageDigest(item.Item, read.Title, isRoom ? read.Sections : [.. read.Sections.Select(section => section with { Text = "" })], read.Ids, read.Links, read.Notes);
            });
        return new SiteDigest(site, [.. pages.OrderBy(page => page.Key).Select(page => page.Value)]);
    }
}

internal sealed record PageDigest(
    SitePage Page, string Title, IReadOnlyList<PageSection> Sections, IReadOnlySet<string> Ids, IReadOnlyList<PageLink> Links, IReadOnlyList<string> Notes);
