using AngleSharp.Dom;
using Microsoft.AspNetCore.Components;
using Stagedoor.UI.Gallery;

namespace Stagedoor.UI.Tests.Gallery;

public sealed class GalleryTests
{
    [Fact]
    public async Task Every_example_is_shown_with_the_code_that_makes_it()
    {
        var page = await new Screen { At = "/ui" }.Show<GalleryPage>();

        var specimens = Specimens.All.SelectMany(group => group.Items).ToList();
        foreach (var specimen in specimens)
        {
            var section = page.QuerySelector($"section#{specimen.Anchor}").ShouldNotBeNull(specimen.Name);
            section.QuerySelector("details .code pre")!.TextContent.ShouldBe(specimen.Source);
            page.QuerySelector($".contents a[href='/ui#{specimen.Anchor}']").ShouldNotBeNull(specimen.Name);
            (section.QuerySelector(".specimen, a[href]") is not null).ShouldBeTrue(specimen.Name);
        }
    }

    [Fact]
    public void Every_component_of_the_kit_stands_in_an_example()
    {
        var written = string.Concat(Specimens.All.SelectMany(group => group.Items).Select(specimen => specimen.Source));
        // The frame of every page, and parts that the others are made of.
        string[] elsewhere = ["AppFrame", "Sidebar", "TopBar", "Palette", "Shortcuts", "KitHead", "StageDoor", "Field", "InputField", "SlotBoundary"];

        var missing = typeof(Page).Assembly.GetExportedTypes()
            .Where(type => type.IsAssignableTo(typeof(IComponent)) && type.Namespace == "Stagedoor.UI")
            .Select(type => type.Name.Split('`')[0])
            .Where(name => !written.Contains($"<{name} ") && !written.Contains($"<{name}>"))
            .Except(elsewhere);

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_example_is_in_the_gallery()
    {
        var examples = typeof(GalleryPage).Assembly.GetExportedTypes().Where(type => type.Namespace == "Stagedoor.UI.Gallery.Examples");

        examples.Except(Specimens.All.SelectMany(group => group.Items).Select(specimen => specimen.Example)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_needs_an_inline_style_or_an_inline_script()
    {
        var page = await new Screen { At = "/ui" }.Show<GalleryPage>();

        page.QuerySelectorAll("[style], style, script:not([src])").ShouldBeEmpty();
        page.QuerySelectorAll("*").SelectMany(element => element.Attributes).ShouldAllBe(attribute => !attribute.Name.StartsWith("on"));
    }

    [Fact]
    public async Task No_id_is_given_twice()
    {
        var page = await new Screen { At = "/ui" }.Show<GalleryPage>();

        page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_examples_can_be_seen_in_either_theme() =>
        (await new Screen { At = "/ui?theme=dark" }.Show<GalleryPage>()).QuerySelectorAll(".specimen").ShouldAllBe(specimen => specimen.GetAttribute("data-theme") == "dark");
}
