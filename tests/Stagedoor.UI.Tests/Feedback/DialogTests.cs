namespace Stagedoor.UI.Tests.Feedback;

public sealed class DialogTests
{
    [Fact]
    public async Task A_dialog_is_closed_and_named_by_its_title()
    {
        var dialog = (await new Screen().Show<Dialog>(("Id", "delete"), ("Title", "Delete 2 messages?"))).QuerySelector("dialog").ShouldNotBeNull();

        dialog.HasAttribute("open").ShouldBeFalse();
        dialog.QuerySelector($"#{dialog.GetAttribute("aria-labelledby")}")!.TextContent.ShouldBe("Delete 2 messages?");
        dialog.QuerySelectorAll("button[command=close][commandfor=delete]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task The_address_opens_it_and_every_way_out_leads_back()
    {
        var page = await new Screen { At = "/letters?queue=a&confirm=delete" }.Show<Dialog>(("Id", "delete"), ("Title", "Delete?"));

        page.QuerySelector("dialog")!.HasAttribute("open").ShouldBeTrue();
        page.QuerySelectorAll("dialog a").Select(link => link.GetAttribute("href")).ShouldBe(["/letters?queue=a", "/letters?queue=a"]);
    }

    [Fact]
    public async Task The_address_of_another_dialog_leaves_it_closed() =>
        (await new Screen { At = "/?confirm=other" }.Show<Dialog>(("Id", "delete"), ("Title", "Delete?"))).QuerySelector("dialog")!.HasAttribute("open").ShouldBeFalse();
}
