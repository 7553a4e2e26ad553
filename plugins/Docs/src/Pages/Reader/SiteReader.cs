using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>Finds out what a reader is shown at an address.</summary>
internal sealed class SiteReader(DocsReading reading, ICatalog catalog)
{
    private const int MostHits = 50;

    public async Task<ReaderAnswer> Answer(ReaderAsk ask, Caller caller, CancellationToken cancellationToken)
    {
        var docs = await reading.Open(ask.Entity, ask.Reference, caller, cancellationToken);
        if (docs is null) return new ReaderAnswer.Nothing(await catalog.Find(ask.Entity, caller, cancellationToken));
        if (docs.Site is not { } site) return new ReaderAnswer.Unread(docs);
        try
        {
            return await Answer(ask, docs, site, cancellationToken);
        }
        catch (OutboundException e)
        {
            return new ReaderAnswer.Unread(docs with { Trouble = e.Message });
        }
    }

    private async Task<ReaderAnswer> Answer(ReaderAsk ask, OpenDocs docs, Site site, CancellationToken cancellationToken)
    {
        var at = ask.Base;
        var view = new ReaderView(docs, site, at, ask.IsTab) { Asked = ask.Path.Trim('/'), Versions = await reading.Versions(docs, cancellationToken) };
        if (ask.Search is { } text)
        {
            return new ReaderAnswer.Found(view with { Search = text, Hits = await reading.Search(docs, text, MostHits, cancellationToken) });
        }

        if (ask.WantsReport) return new ReaderAnswer.Found(view with { Findings = await reading.Check(docs, cancellationToken) });

        if (view.Asked.Length == 0 && docs.Start.Trim('/') is { Length: > 0 } start && SiteAddresses.Meant(site, start) is { Address.Length: > 0 } first)
        {
            return new ReaderAnswer.Elsewhere(at.Page(first.Address), ForGood: false);
        }

        if (SiteAddresses.Meant(site, ask.Path) is { } page)
        {
            return page.Address == ask.Path
                ? new ReaderAnswer.Found(await At(page, view, cancellationToken))
                : new ReaderAnswer.Elsewhere(at.Page(page.Address), ForGood: true);
        }

        if (SiteAddresses.Moved(site, ask.Path, at) is { } moved) return new ReaderAnswer.Elsewhere(moved, ForGood: false);
        if (site.Files.ContainsKey(view.Asked)) return new ReaderAnswer.Elsewhere(at.File(view.Asked), ForGood: false);
        return new ReaderAnswer.Found(view with { Near = SiteAddresses.Near(site, ask.Path) });
    }

    private async Task<ReaderView> At(SitePage page, ReaderView view, CancellationToken cancellationToken)
    {
        var read = await reading.Page(view.Docs, page, view.At, cancellationToken);
        var (previous, next) = Neighbours(view.Site, page);
        return view with
        {
            Page = page,
            Read = read,
            Trail = TrailTo(view.Site.Navigation, page) ?? [],
            Previous = previous,
            Next = next,
            Changed = await reading.LastChange(view.Docs, page, cancellationToken),
            Links = reading.Links(view.Docs, page),
        };
    }

    private static (SitePage? Previous, SitePage? Next) Neighbours(Site site, SitePage page)
    {
        if (!page.IsListed) return (null, null);
        SitePage? previous = null;
        var isPast = false;
        foreach (var other in site.Pages)
        {
            if (!other.IsListed) continue;
            if (isPast) return (previous, other);
            isPast = other == page;
            if (!isPast) previous = other;
        }

        return (previous, null);
    }

    private static List<NavItem>? TrailTo(IReadOnlyList<NavItem> items, SitePage page)
    {
        foreach (var item in items)
        {
            if (item.Page == page) return [];
            if (TrailTo(item.Children, page) is not { } below) continue;
            below.Insert(0, item);
            return below;
        }

        return null;
    }
}
