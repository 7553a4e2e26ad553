using Stagedoor.Load.Catalog;
using Stagedoor.Load.Catalog.Life;

namespace Stagedoor.Load.Pages;

/// <param name="Addresses">One after the other, so that no answer is only remembered.</param>
/// <param name="Content">What a reader waits for, as a selector.</param>
internal sealed record MeasuredPage(string Name, IReadOnlyList<string> Addresses, string Content);

/// <summary>A portal with a generated catalog, and the pages of it that are measured.</summary>
internal sealed class PageTarget
{
    private PageTarget(Uri portal, IReadOnlyList<MeasuredPage> pages)
    {
        Portal = portal;
        Pages = pages;
    }

    public Uri Portal { get; }

    public IReadOnlyList<MeasuredPage> Pages { get; }

    public static async Task<PageTarget> Find(CatalogTarget catalog, CancellationToken cancellationToken)
    {
        var known = await KnownCatalog.Read(catalog, cancellationToken);
        var random = new Random(4);
        KnownEntity One() => known.Components[random.Next(known.Components.Count)];
        IReadOnlyList<string> Many(Func<KnownEntity, string> address) => [.. Enumerable.Range(0, 200).Select(_ => address(One()))];
        return new PageTarget(
            new Uri(catalog.Base.GetLeftPart(UriPartial.Authority)),
            [
                new("List: all components", ["/catalog"], Rows),
                new("List: filtered and sorted", Many(entity => $"/catalog?kind=component&type={entity.Type}&lifecycle={entity.Lifecycle}&owner={Uri.EscapeDataString(entity.Owner ?? "")}&sort=owner"), Rows),
                new("List: a text", Many(entity => $"/catalog?kind=all&q={Uri.EscapeDataString(entity.Name[..Math.Min(4, entity.Name.Length)])}"), Rows),
                new("List: all kinds", ["/catalog?kind=all"], Rows),
                new("Entity", Many(entity => $"/catalog/{entity.Namespace}/component/{entity.Name}"), "main .card"),
            ]);
    }

    /// <summary>Asks for a page as a browser does, compression included.</summary>
    public Task<LoadResult> Load(MeasuredPage page, int connections, double seconds, CancellationToken cancellationToken)
    {
        var requests = page.Addresses
            .Select(address => new Question(Connection.Request(new Uri(Portal, address), ["Accept: text/html", "Accept-Encoding: br", $"Authorization: Bearer {MeasuredConfiguration.Token}"])))
            .ToArray();
        return LoadRun.Go(
            new LoadPlan(Portal, connections, seconds, long.MaxValue, []),
            number =>
            {
                var next = number * 7;
                return () => requests[next++ % requests.Length];
            },
            cancellationToken);
    }

    private const string Rows = "main tbody tr";
}
