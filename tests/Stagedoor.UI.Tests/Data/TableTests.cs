using Microsoft.AspNetCore.Components;

namespace Stagedoor.UI.Tests.Data;

public sealed class TableTests
{
    private static readonly RenderFragment<string> Cell = item => builder =>
    {
        builder.OpenElement(0, "td");
        builder.AddContent(1, item);
        builder.CloseElement();
    };

    [Fact]
    public async Task A_table_has_a_caption_and_a_row_for_each_item()
    {
        var page = await new Screen().Show<Table<string>>(("Items", (string[])["a", "b"]), ("Row", Cell), ("Caption", "Letters"));

        page.QuerySelector("table > caption")!.TextContent.ShouldBe("Letters");
        page.QuerySelectorAll("tbody > tr").Select(row => row.TextContent).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_table_that_may_scroll_can_be_reached_with_the_keyboard_and_has_a_name()
    {
        var region = (await new Screen().Show<Table<string>>(("Items", (string[])["a"]), ("Row", Cell), ("Caption", "Letters"))).QuerySelector(".table")!;

        region.GetAttribute("tabindex").ShouldBe("0");
        region.GetAttribute("role").ShouldBe("region");
        region.GetAttribute("aria-label").ShouldBe("Letters");
    }

    [Fact]
    public async Task A_table_without_items_shows_what_stands_for_them()
    {
        var page = await new Screen().Show<Table<string>>(("Items", Array.Empty<string>()), ("Row", Cell), ("Caption", "Letters"), ("Empty", Screen.Text("No letters")));

        page.QuerySelector("table").ShouldBeNull();
        page.TextContent.ShouldContain("No letters");
    }

    [Fact]
    public async Task A_sort_link_keeps_the_rest_of_the_address_and_starts_at_the_first_page()
    {
        var page = await new Screen { At = "/catalog?kind=api&q=a%20b&offset=50&sort=owner&dir=desc" }.Show<Th>(("Title", "Name"), ("Sort", "name"));

        page.QuerySelector("a")!.GetAttribute("href").ShouldBe("/catalog?kind=api&q=a%20b&sort=name&dir=asc");
        page.InnerHtml.ShouldNotContain("aria-sort");
    }

    [Theory]
    [InlineData("/?sort=name", "ascending", "desc")]
    [InlineData("/?sort=name&dir=asc", "ascending", "desc")]
    [InlineData("/?sort=name&dir=desc", "descending", "asc")]
    public async Task The_sorted_column_says_so_and_turns_around(string at, string order, string next)
    {
        // A cell outside of a table is dropped by the parser.
        var html = await new Screen { At = at }.Html<Th>(("Title", "Name"), ("Sort", "name"));

        html.ShouldContain($"aria-sort=\"{order}\"");
        html.ShouldContain($"dir={next}\"");
    }

    [Fact]
    public async Task The_default_column_is_sorted_when_the_address_says_nothing()
    {
        (await new Screen().Html<Th>(("Title", "Changed"), ("Sort", "changed"), ("Default", true), ("Descending", true))).ShouldContain("aria-sort=\"descending\"");
        (await new Screen { At = "/?sort=name" }.Html<Th>(("Title", "Changed"), ("Sort", "changed"), ("Default", true))).ShouldNotContain("aria-sort");
    }

    [Fact]
    public async Task A_column_that_starts_with_the_largest_says_so_in_its_first_link() =>
        (await new Screen().Html<Th>(("Title", "Messages"), ("Sort", "messages"), ("Descending", true))).ShouldContain("dir=desc\"");
}
