namespace Stagedoor.UI.Tests.Inputs;

public sealed class FieldTests
{
    [Fact]
    public async Task A_field_is_tied_to_its_label_hint_and_error()
    {
        var page = await new Screen().Show<TextField>(("Label", "Name"), ("Name", "name"), ("Value", "<x>"), ("Hint", "Short."), ("Error", "Too long."));

        var input = page.QuerySelector("input").ShouldNotBeNull();
        page.QuerySelector("label")!.GetAttribute("for").ShouldBe(input.Id);
        input.GetAttribute("value").ShouldBe("<x>");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        var described = input.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.QuerySelector($"#{id}")!.TextContent);
        described.ShouldBe(["Short.", "Too long."]);
    }

    [Fact]
    public async Task The_present_value_of_a_select_is_selected()
    {
        var page = await new Screen().Show<Select>(
            ("Label", "Lifecycle"), ("Name", "lifecycle"), ("Value", "b"), ("Options", (Option[])[new("a", "A"), new("b", "B")]), ("Blank", "All"));

        page.QuerySelectorAll("option").Select(option => option.TextContent).ShouldBe(["All", "A", "B"]);
        page.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("b");
    }

    [Fact]
    public async Task A_checkbox_sends_true_when_it_is_ticked()
    {
        var box = (await new Screen().Show<Checkbox>(("Label", "Tell"), ("Name", "tell"), ("Value", true))).QuerySelector("input").ShouldNotBeNull();

        box.GetAttribute("value").ShouldBe("true");
        box.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task A_text_area_escapes_what_it_holds() =>
        (await new Screen().Show<TextArea>(("Label", "Text"), ("Name", "text"), ("Value", "</textarea><script>"))).QuerySelector("textarea")!.TextContent.ShouldContain("</textarea><script>");

    [Fact]
    public async Task A_posted_form_carries_the_token_and_an_id_for_the_buttons_of_rows()
    {
        var form = (await new Screen().Show<PostForm>(("Name", "jobs"), ("ChildContent", Screen.Text("x")))).QuerySelector("form#jobs").ShouldNotBeNull();

        form.GetAttribute("method").ShouldBe("post");
        form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value").ShouldBe("the-token");
        form.HasAttribute("hidden").ShouldBeFalse();
    }

    [Fact]
    public async Task A_filter_form_is_sent_to_its_own_page_and_keeps_the_sorting()
    {
        var form = (await new Screen { At = "/catalog?sort=name&dir=desc&q=old" }.Show<FilterForm>()).QuerySelector("form").ShouldNotBeNull();

        form.GetAttribute("method").ShouldBe("get");
        form.GetAttribute("action").ShouldBe("/catalog");
        form.QuerySelectorAll("input[type=hidden]").Select(input => input.GetAttribute("name")).ShouldBe(["sort", "dir"]);
    }
}
