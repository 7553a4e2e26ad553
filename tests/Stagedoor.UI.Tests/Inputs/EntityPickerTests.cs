namespace Stagedoor.UI.Tests.Inputs;

public sealed class EntityPickerTests
{
    [Fact]
    public async Task Without_a_script_it_is_a_plain_field_that_sends_what_is_typed()
    {
        var page = await new Screen().Show<EntityPicker>(("Label", "Owner"), ("Name", "owner"), ("Value", "group:default/squad-lantern"), ("Required", true), ("Hint", "A group."));

        var input = page.QuerySelector("sd-pick input").ShouldNotBeNull();
        input.GetAttribute("name").ShouldBe("owner");
        input.GetAttribute("value").ShouldBe("group:default/squad-lantern");
        input.HasAttribute("required").ShouldBeTrue();
        input.HasAttribute("role").ShouldBeFalse();
        page.QuerySelector($"label[for={input.Id}]")!.TextContent.ShouldStartWith("Owner");
        page.QuerySelector($"#{input.GetAttribute("aria-describedby")}")!.TextContent.ShouldBe("A group.");
    }

    [Fact]
    public async Task It_asks_for_the_kinds_it_is_for()
    {
        (await Source(("Kind", "group"))).ShouldBe("/api/catalog/pick?kind=group");
        (await Source(("Kinds", new[] { "group", "user" }))).ShouldBe("/api/catalog/pick?kind=group&kind=user");
        (await Source(("Source", "/api/acme/pick"))).ShouldBe("/api/acme/pick");
    }

    private static async Task<string?> Source(params (string, object?)[] parameters) =>
        (await new Screen().Show<EntityPicker>([("Label", "Owner"), ("Name", "owner"), .. parameters])).QuerySelector("sd-pick")!.GetAttribute("data-source");
}
