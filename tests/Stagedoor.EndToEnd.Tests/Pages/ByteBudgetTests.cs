using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>What a visit may cost over the wire, all told, on what is deployed.</summary>
public sealed class ByteBudgetTests(SharedPortals portals, BrowserFixture browser)
{
    public static TheoryData<string> Pages => [.. Site.Pages.Where(page => page != Site.Graph), Site.NotThere];

    [Fact]
    public async Task Home_costs_less_than_60_KB_at_first_and_less_than_15_KB_later()
    {
        Needs.Published();
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);

        var first = await visitor.Weigh(portal.At("/"));
        var later = await visitor.Weigh(portal.At("/"));

        first.Bytes.ShouldBeInRange(1_000, 60_000, first.ToString());
        later.Bytes.ShouldBeInRange(500, 15_000, later.ToString());
    }

    [Fact]
    public async Task A_drawn_graph_brings_its_layout_along_once()
    {
        Needs.Published();
        var portal = await portals.Polaris();
        await using var visitor = await browser.Open(View.Desktop);

        var first = await visitor.Weigh(portal.At(Site.Graph));
        await visitor.Weigh(portal.At("/"));
        var later = await visitor.Weigh(portal.At(Site.Graph));

        first.Bytes.ShouldBeInRange(1_000, 600_000, first.ToString());
        later.Bytes.ShouldBeInRange(500, 30_000, later.ToString());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Any_page_costs_less_than_100_KB_at_first_and_less_than_30_KB_after_home(string page)
    {
        Needs.Published();
        var (portal, address) = await portals.Find(page);
        await using var newcomer = await browser.Open(View.Desktop);
        await using var regular = await browser.Open(View.Desktop);

        var first = await newcomer.Weigh(address);
        await regular.Weigh(portal.At("/"));
        await regular.Weigh(address);
        var later = await regular.Weigh(address);

        first.Bytes.ShouldBeInRange(1_000, 100_000, first.ToString());
        later.Bytes.ShouldBeInRange(500, 30_000, later.ToString());
    }
}
