using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using static Stagedoor.Docs.Tests.Pages.DocsPortal;
using static Stagedoor.Docs.Tests.Pages.ReaderPageTests;

namespace Stagedoor.Docs.Tests.Pages;

public sealed class DocsListPageTests
{
    private const string Ref = "backstage.io/techdocs-ref: dir:.";

    [Fact]
    public async Task Only_what_says_where_its_documentation_lies_is_in_the_list()
    {
        await using var portal = await Start(
            Component("bare") + Component("borrowed", annotation: "backstage.io/techdocs-entity: component:default/ledger") + Component("decided", annotation: "backstage.io/adr-location: docs/adr"));

        var page = await portal.Page("/docs");

        Rows(page).ShouldBe(["borrowed squad-ice Component service", "decided squad-ice Component service", "The ledger squad-ice Component service"], ignoreOrder: true);
        page.QuerySelectorAll(".name").Select(link => link.GetAttribute("href")).ShouldContain("/docs/default/component/ledger");
        page.QuerySelectorAll("sd-copy").Select(copy => copy.GetAttribute("data-text")).ShouldContain(text => text!.EndsWith("/docs/default/component/ledger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_address_narrows_the_list_by_owner_tag_and_text_and_each_can_be_taken_away()
    {
        await using var portal = await Start(
            Component("ski", "tags: [snow]", Ref, "squad-fire") + Component("sledge", "tags: [snow, wood]", Ref) + Component("kite", "description: Flies over snow.", Ref, "squad-fire"));

        var byOwner = await portal.Page("/docs?owner=squad-fire");
        var byTag = await portal.Page("/docs?tag=snow&owner=group:default/squad-fire");
        var byText = await portal.Page("/docs?q=over+snow");
        var nothing = await portal.Page("/docs?q=xyzzy");

        Names(byOwner).ShouldBe(["kite", "ski"]);
        Names(byTag).ShouldBe(["ski"]);
        byTag.QuerySelectorAll(".list-chosen a.chip").Select(chip => chip.GetAttribute("href")).ShouldBe(["/docs?tag=snow", "/docs?owner=group%3Adefault%2Fsquad-fire"], ignoreOrder: true);
        Names(byText).ShouldBe(["kite"]);
        Text(nothing.QuerySelector(".empty")!).ShouldStartWith("Nothing matches");
    }

    [Fact]
    public async Task A_star_keeps_a_document_among_the_starred()
    {
        await using var portal = await Start(Component("ski", annotation: Ref));

        using var form = new FormUrlEncodedContent([new("star", "component:default/ski")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/marks") { Content = form, Headers = { { "Origin", portal.Portal.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) }, { "Accept", "application/json" } } };
        using var answer = await portal.Portal.Http.SendAsync(request, Cancelled);
        var page = await portal.Page("/docs?filter=starred");

        answer.IsSuccessStatusCode.ShouldBeTrue();
        Names(page).ShouldBe(["ski"]);
        page.QuerySelectorAll(".facet[aria-label=Personal] a").Select(Text).ShouldBe(["Owned0", "Starred1"]);
    }

    [Theory]
    [InlineData("/docs?offset=99999999")]
    [InlineData("/docs?offset=-5&sort=nonsense&dir=up&kind=nokind&owner=%20::&tag=%3Cscript%3E")]
    [InlineData("/docs?q=%F0%9F%90%A7%3Cb%3E")]
    public async Task A_strange_address_still_answers(string address)
    {
        await using var portal = await Start("");

        var page = await portal.Page(address);

        page.QuerySelector("main h1")!.TextContent.ShouldBe("Docs");
        page.QuerySelector(".empty").ShouldNotBeNull();
    }

    private static IEnumerable<string> Rows(IHtmlDocument page) => page.QuerySelectorAll("tbody tr").Select(row => $"{Text(row.QuerySelector(".name")!)} {string.Join(' ', row.QuerySelectorAll("td").Skip(1).Select(Text))}".Trim());

    private static IEnumerable<string> Names(IHtmlDocument page) => page.QuerySelectorAll("tbody .name").Select(Text);
}
