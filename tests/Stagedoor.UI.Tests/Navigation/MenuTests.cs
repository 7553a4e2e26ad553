using Microsoft.AspNetCore.Components;

namespace Stagedoor.UI.Tests.Navigation;

public sealed class MenuTests
{
    [Fact]
    public async Task A_menu_opens_without_a_script_and_its_button_says_what_it_holds()
    {
        var page = await new Screen().Show<Menu>(
            ("Label", "Actions for web"),
            ("Id", "web-actions"),
            ("ChildContent", (RenderFragment)(builder =>
            {
                builder.OpenComponent<MenuItem>(0);
                builder.AddAttribute(1, "Text", "Inspect");
                builder.AddAttribute(2, "Href", "/inspect");
                builder.CloseComponent();
                builder.OpenComponent<MenuItem>(3);
                builder.AddAttribute(4, "Text", "Delete");
                builder.AddAttribute(5, "Form", "web");
                builder.AddAttribute(6, "Danger", true);
                builder.CloseComponent();
            })));

        var button = page.QuerySelector("button[popovertarget=web-actions]")!;
        button.GetAttribute("aria-label").ShouldBe("Actions for web");
        button.GetAttribute("type").ShouldBe("button");
        var menu = page.QuerySelector("#web-actions[popover]")!;
        menu.QuerySelector("a.item")!.GetAttribute("href").ShouldBe("/inspect");
        menu.QuerySelector("button.item.danger")!.GetAttribute("form").ShouldBe("web");
    }
}
