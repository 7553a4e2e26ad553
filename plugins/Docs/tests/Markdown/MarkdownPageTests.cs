using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>What is known about a page besides its HTML.</summary>
public sealed class MarkdownPageTests
{
    private static readonly MarkdownRenderer Renderer = new(Tables.Load());

    [Fact]
    public void The_table_of_contents_nests_headings_with_their_plain_titles()
    {
        var page = Render("# One *em* `a<b` &amp; c\n\n## Two\n\n#### Four\n\n## Three { #third }\n\n# Last");

        page.Contents.Select(heading => (heading.Level, heading.Id, heading.Title)).ShouldBe([(1, "one-em-ab-c", "One em a<b & c"), (1, "last", "Last")]);
        page.Contents[0].Children.Select(heading => (heading.Id, heading.Title)).ShouldBe([("two", "Two"), ("third", "Three")]);
        page.Contents[0].Children[0].Children.ShouldHaveSingleItem().Title.ShouldBe("Four");
    }

    [Theory]
    [InlineData("---\ntitle: From front matter\n---\n# Heading", "From front matter")]
    [InlineData("Text\n\n# The *heading* :rocket:\n\n# Another", "The heading 🚀")]
    [InlineData("## Only a second level", null)]
    [InlineData("", null)]
    public void The_title_is_that_of_the_front_matter_or_the_first_heading(string source, string? title)
    {
        Render(source).Title.ShouldBe(title);
    }

    [Fact]
    public void The_front_matter_is_given_as_texts_lists_and_maps()
    {
        var page = Render("---\ntags: [a, b]\nhide:\n  - toc\nowner: {name: x}\nnone: ~\n---\n# H");

        page.Meta["tags"].ShouldBeAssignableTo<IReadOnlyList<object?>>()!.ShouldBe(["a", "b"]);
        page.Meta["owner"].ShouldBeAssignableTo<IReadOnlyDictionary<string, object?>>()!["name"].ShouldBe("x");
        page.Meta["none"].ShouldBeNull();
    }

    [Fact]
    public void Links_and_images_are_found_wherever_they_are_written()
    {
        var page = Render("[a](x.md#y) <img src=z.png> ![b](c.png)\n\n<p><a href='d.md'>d</a></p>\n\n```\n[not](this.md)\n```");

        page.Addresses.ShouldBe(
        [
            new(AddressKind.Link, "x.md#y"), new(AddressKind.Image, "z.png"), new(AddressKind.Image, "c.png"), new(AddressKind.Link, "d.md"),
        ]);
    }

    [Fact]
    public void Ids_are_those_that_a_link_may_lead_to()
    {
        var page = Render("# Heading\n\n<a name='old'></a>\n\n*x*{ #mine }\n\nText[^1]\n\n[^1]: Note");

        page.Ids.ShouldBe(["heading", "old", "mine", "fnref:1", "fn:1"], ignoreOrder: true);
    }

    [Fact]
    public void Sections_hold_the_text_below_each_heading()
    {
        var page = Render("Before\n\n# One\n\nText *a*\n\n* b\n* c\n\n## Two\n\n```python\ncode()\n```");

        page.Sections.ShouldBe([new(null, 0, "", "Before"), new("one", 1, "One", "Text a b c"), new("two", 2, "Two", "code()")]);
    }

    [Theory]
    [InlineData("plain", Needs.None)]
    [InlineData("```\nplain code\n```", Needs.None)]
    [InlineData("```python\nx\n```", Needs.Highlighting)]
    [InlineData("$x$", Needs.Math)]
    [InlineData("```mermaid\ngraph\n```", Needs.Mermaid)]
    public void A_page_needs_only_the_libraries_that_it_uses(string source, object needs)
    {
        Render(source).Needs.ShouldBe((Needs)needs);
    }

    [Fact]
    public void A_file_that_is_missing_or_includes_itself_is_told()
    {
        var page = Renderer.Render("--8<-- \"a.md\"\n\n--8<-- \"b.md\"", CleaningTests.Everything() with { Include = path => path == "a.md" ? "A\n--8<-- \"a.md\"" : null });

        page.Html.ShouldBe("<p>A</p>\n");
        page.Notes.ShouldBe(["The file 'b.md', which this page includes, is not there."]);
    }

    [Fact]
    public void A_diagram_is_a_picture_where_a_server_draws_it()
    {
        var page = Renderer.Render("```plantuml\nA -> B\n```", CleaningTests.Everything() with { Draw = (language, source) => $"/draw/{language}/{source.Length}" });

        page.Html.ShouldBe("<p><img src=\"/draw/plantuml/6\" alt=\"Diagram\" loading=\"lazy\" class=\"diagram\"></p>\n");
        page.Diagrams.ShouldBe([new("plantuml", "A -> B")]);
    }

    [Fact]
    public void Code_tells_its_lines_to_a_page_without_scripts()
    {
        var page = Render("```python title=\"a.py\" linenums=\"7\" hl_lines=\"2\"\na < b\nc\n```");

        page.Html.ShouldBe(
            "<div class=\"language-python highlight\"><span class=\"filename\">a.py</span><pre><code class=\"language-python\"><span class=\"line\" data-line=\"7\">a &lt; b\n</span><span class=\"line hll\" data-line=\"8\">c\n</span></code></pre></div>\n");
    }

    [Fact]
    public void Nothing_is_styled_by_an_attribute()
    {
        var page = Render("| a |\n|:-:|\n| <b style='color:red'>x</b> |\n\n<p style='text-align:center'>y</p>");

        page.Html.ShouldNotContain("style=");
        page.Html.ShouldContain("<td align=\"center\">");
    }

    private static MarkdownPage Render(string source) => Renderer.Render(source, CleaningTests.Everything());
}
