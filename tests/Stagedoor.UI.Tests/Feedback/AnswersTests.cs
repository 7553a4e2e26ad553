using AngleSharp.Dom;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.UI.Tests.Feedback;

public sealed class AnswersTests
{
    [Theory]
    [InlineData("other.guest", false)]
    [InlineData("other", true)]
    [InlineData("", true)]
    public async Task A_banner_that_was_put_away_stays_away(string cookie, bool shown)
    {
        var page = await new Screen().Show<Cascade<HttpContext>>(
            ("Value", Context(cookie)), ("Component", typeof(Banner)), ("Parameters", new Dictionary<string, object> { ["DismissId"] = "guest" }));

        (page.QuerySelector(".banner") is not null).ShouldBe(shown);
    }

    [Fact]
    public async Task Progress_towards_a_known_end_shows_both_numbers()
    {
        var page = await new Screen().Show<ProgressBar>(("Label", "Importing"), ("Value", 412L), ("Max", 1284L));

        page.TextContent.ShouldContain("412 of 1,284");
        page.QuerySelector("progress")!.GetAttribute("value").ShouldBe("412");
    }

    [Fact]
    public async Task Progress_without_a_known_end_has_no_value() =>
        (await new Screen().Show<ProgressBar>(("Label", "Reading"), ("Value", 88L))).QuerySelector("progress")!.HasAttribute("value").ShouldBeFalse();

    [Fact]
    public async Task A_sparkline_is_told_in_words()
    {
        var picture = (await new Screen().Show<Sparkline>(("Values", (double[])[6, 38, 12]), ("Label", "Letters an hour"))).QuerySelector("svg").ShouldNotBeNull();

        picture.GetAttribute("aria-label").ShouldBe("Letters an hour: from 6 to 12, lowest 6, highest 38");
        picture.QuerySelector(".line")!.GetAttribute("d").ShouldBe("M0 30L50 2L100 24.75");
    }

    [Theory]
    [InlineData(6.0, 7.0, "86%", "6 of 7")]
    [InlineData(9.0, 7.0, "100%", "9 of 7")]
    [InlineData(1.0, 0.0, "0%", "1 of 0")]
    public async Task A_bar_never_leaves_its_frame(double value, double max, string width, string number)
    {
        var page = await new Screen().Show<LinearGauge>(("Label", "Reliability"), ("Value", value), ("Max", max));

        page.QuerySelector(".fill")!.GetAttribute("width").ShouldBe(width);
        page.Text().ShouldContain(number);
    }

    private static DefaultHttpContext Context(string dismissed)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = $"stagedoor-dismissed={dismissed}";
        return context;
    }
}
