using AngleSharp.Dom;

namespace Stagedoor.UI.Tests.Data;

public sealed class TimeTests
{
    [Fact]
    public async Task A_time_is_relative_and_tells_the_exact_one_to_people_and_machines()
    {
        var page = await new Screen().Show<Time>(("At", new DateTimeOffset(2026, 3, 14, 12, 40, 0, TimeSpan.FromHours(1))));

        var time = page.QuerySelector("time").ShouldNotBeNull();
        time.TextContent.ShouldBe("20 min ago");
        time.GetAttribute("datetime").ShouldBe("2026-03-14T11:40:00Z");
        time.GetAttribute("title").ShouldBe("2026-03-14 11:40:00 UTC");
    }

    [Fact]
    public async Task A_time_that_never_was_says_so() => (await new Screen().Show<Time>()).Text().Trim().ShouldBe("never");

    [Fact]
    public async Task A_duration_is_readable_by_machines()
    {
        var page = await new Screen().Show<Duration>(("Of", TimeSpan.FromSeconds(3847)));

        page.QuerySelector("time")!.GetAttribute("datetime").ShouldBe("PT1H4M7S");
    }

    [Fact]
    public async Task A_number_is_grouped_for_people_and_plain_for_machines()
    {
        var number = (await new Screen().Show<Number<long>>(("Value", 1284117L))).QuerySelector("data").ShouldNotBeNull();

        number.TextContent.ShouldBe("1,284,117");
        number.GetAttribute("value").ShouldBe("1284117");
    }

    [Fact]
    public async Task A_short_id_can_be_seen_and_copied_whole()
    {
        var page = await new Screen().Show<ShortId>(("Text", "4f2c9ab0d1e86f7a3c5b"));

        page.QuerySelector("code")!.GetAttribute("title").ShouldBe("4f2c9ab0d1e86f7a3c5b");
        page.QuerySelector("sd-copy")!.GetAttribute("data-text").ShouldBe("4f2c9ab0d1e86f7a3c5b");
    }

    [Fact]
    public async Task A_copy_button_is_not_there_until_a_script_has_found_a_clipboard() =>
        (await new Screen().Show<CopyButton>(("Text", "x"))).QuerySelector("sd-copy")!.HasAttribute("hidden").ShouldBeTrue();

    [Fact]
    public async Task An_unknown_icon_is_drawn_as_a_dot()
    {
        (await new Screen().Html<Icon>(("Name", "unheard-of"))).ShouldContain("#dot\"");
        (await new Screen().Html<Icon>(("Name", "bell"))).ShouldContain("/_ui/icons.svg#bell\"");
    }
}
