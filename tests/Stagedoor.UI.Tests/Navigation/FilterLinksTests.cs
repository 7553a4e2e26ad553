namespace Stagedoor.UI.Tests.Navigation;

public sealed class FilterLinksTests
{
    private static readonly (string, object?)[] Kinds =
    [
        ("Title", "Kind"), ("Name", "kind"), ("Choices", (FilterChoice[])[new("component", "Component", 1072), new("api", "API")]),
    ];

    [Fact]
    public async Task A_choice_changes_one_key_of_the_address()
    {
        var page = await new Screen { At = "/catalog?q=x&offset=50" }.Show<FilterLinks>(Kinds);

        page.QuerySelectorAll("a")[1].GetAttribute("href").ShouldBe("/catalog?q=x&kind=api");
        page.QuerySelectorAll("a")[0].TextContent.ShouldContain("1,072");
    }

    [Fact]
    public async Task The_active_choice_is_marked_and_takes_itself_away()
    {
        var active = (await new Screen { At = "/catalog?kind=api&q=x" }.Show<FilterLinks>(Kinds)).QuerySelector("[aria-current]").ShouldNotBeNull();

        active.TextContent.Trim().ShouldBe("API");
        active.GetAttribute("href").ShouldBe("/catalog?q=x");
    }
}
