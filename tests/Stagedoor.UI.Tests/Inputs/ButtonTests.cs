namespace Stagedoor.UI.Tests.Inputs;

public sealed class ButtonTests
{
    [Fact]
    public async Task A_button_sends_the_form_it_names()
    {
        var button = (await new Screen().Show<Button>(("Text", "Run"), ("Form", "jobs"), ("Name", "do"), ("Value", "run:sync"))).QuerySelector("button").ShouldNotBeNull();

        button.GetAttribute("type").ShouldBe("submit");
        button.GetAttribute("form").ShouldBe("jobs");
        button.GetAttribute("name").ShouldBe("do");
        button.GetAttribute("value").ShouldBe("run:sync");
    }

    [Fact]
    public async Task With_an_address_it_is_a_link()
    {
        var page = await new Screen().Show<Button>(("Text", "Docs"), ("Href", "/docs"));

        page.QuerySelector("a.btn")!.GetAttribute("href").ShouldBe("/docs");
        page.QuerySelector("button").ShouldBeNull();
    }

    [Fact]
    public async Task A_disabled_link_leads_nowhere_and_says_so()
    {
        var link = (await new Screen().Show<Button>(("Text", "Docs"), ("Href", "/docs"), ("Disabled", true))).QuerySelector("a").ShouldNotBeNull();

        link.HasAttribute("href").ShouldBeFalse();
        link.GetAttribute("aria-disabled").ShouldBe("true");
    }

    [Fact]
    public async Task A_disabled_button_stays_a_button() =>
        (await new Screen().Show<Button>(("Text", "Save"), ("Disabled", true), ("Type", "submit"))).QuerySelector("button")!.HasAttribute("disabled").ShouldBeTrue();

    [Fact]
    public async Task The_opener_of_a_dialog_works_with_a_command_or_leads_to_an_address()
    {
        var page = await new Screen { At = "/letters?queue=a&offset=50" }.Show<Button>(("Text", "Delete"), ("OpensDialog", "delete"));

        page.QuerySelector("button")!.GetAttribute("command").ShouldBe("show-modal");
        page.QuerySelector("button")!.GetAttribute("commandfor").ShouldBe("delete");
        page.QuerySelector("noscript a")!.GetAttribute("href").ShouldBe("/letters?queue=a&offset=50&confirm=delete");
    }

    [Fact]
    public async Task Other_attributes_are_passed_on() =>
        (await new Screen().Show<Button>(("Text", "Save"), ("data-test", "save"))).QuerySelector("[data-test=save]").ShouldNotBeNull();
}
