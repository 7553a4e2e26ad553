namespace Stagedoor.UI.Tests.Live;

public sealed class IslandTests
{
    [Fact]
    public async Task An_island_is_an_element_with_its_content_and_a_module()
    {
        var page = await new Screen().Show<Island>(
            ("Tag", "birthdays-countdown"), ("Module", "_plugins/birthdays/countdown.js"), ("data-day", "3"), ("ChildContent", Screen.Text("3 days")));

        page.QuerySelector("birthdays-countdown[data-day='3']")!.TextContent.ShouldBe("3 days");
        page.QuerySelector("script[type=module]")!.GetAttribute("src").ShouldBe("/_plugins/birthdays/countdown.js");
    }

    [Theory]
    [InlineData("countdown")]
    [InlineData("x-y onclick=z")]
    public async Task A_tag_that_is_no_custom_element_is_refused(string tag) =>
        (await Should.ThrowAsync<InvalidOperationException>(new Screen().Html<Island>(("Tag", tag), ("Module", "a.js")))).Message.ShouldContain("hyphen");

    [Fact]
    public async Task A_fragment_names_its_address_and_shows_something_at_first()
    {
        var fragment = (await new Screen().Show<Fragment>(("Src", "/jobs/part?a=1&b=2"), ("EverySeconds", 5), ("ChildContent", Screen.Text("so far")))).QuerySelector("sd-fragment").ShouldNotBeNull();

        fragment.GetAttribute("src").ShouldBe("/jobs/part?a=1&b=2");
        fragment.GetAttribute("every").ShouldBe("5");
        fragment.TextContent.ShouldBe("so far");
    }
}
