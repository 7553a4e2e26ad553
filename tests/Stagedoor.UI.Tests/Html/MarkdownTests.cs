using Stagedoor.UI.Html;

namespace Stagedoor.UI.Tests.Html;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("# How it works", "<h1 id=\"md-how-it-works\">How it works</h1>")]
    [InlineData("**bold** ~~gone~~", "<p><strong>bold</strong> <del>gone</del></p>")]
    [InlineData("```go\nx := 1\n```", "<pre tabindex=\"0\"><code class=\"language-go\">x := 1\n</code></pre>")]
    [InlineData("[a](/docs)", "<p><a href=\"/docs\">a</a></p>")]
    [InlineData("[a](javascript:alert(1))", "<p><a>a</a></p>")]
    [InlineData("<b onclick=x>a</b>", "<p><b>a</b></p>")]
    public void Markdown_becomes_clean_html(string text, string expected) => MarkdownText.ToHtml(text).Trim().ShouldBe(expected);

    [Fact]
    public void A_task_list_has_boxes_that_cannot_be_ticked_and_say_their_state()
    {
        var html = MarkdownText.ToHtml("- [x] stored\n- [ ] replayed");

        html.ShouldContain("<input type=\"checkbox\" disabled=\"\" aria-label=\"Done\" checked");
        html.ShouldContain("aria-label=\"Not done\"");
    }

    [Fact]
    public void A_column_keeps_its_alignment_without_a_style()
    {
        var html = MarkdownText.ToHtml("| a | b |\n|---|---:|\n| 1 | 2 |");

        html.ShouldContain("<td align=\"right\">2</td>");
        html.ShouldNotContain("style");
    }

    [Fact]
    public void A_footnote_leads_there_and_back()
    {
        var html = MarkdownText.ToHtml("Text.[^1]\n\n[^1]: Note.");

        html.ShouldContain("href=\"#md-fn:1\"");
        html.ShouldContain("id=\"md-fn:1\"");
    }

    [Fact]
    public void Nothing_becomes_nothing() => MarkdownText.ToHtml("  \n").ShouldBe("");

    [Fact]
    public void Of_a_text_that_is_too_long_the_whole_paragraphs_at_its_beginning_are_shown()
    {
        var html = MarkdownText.ToHtml("# Title\n\nFirst.\n\n" + new string('x', MarkdownText.MaxLength));

        html.ShouldContain("<p>First.</p>");
        html.ShouldNotContain("xxx");
        html.ShouldContain("The text goes on.");
    }

    [Fact]
    public void Nesting_beyond_all_sense_is_shown_as_it_was_written() =>
        MarkdownText.ToHtml(string.Concat(Enumerable.Repeat("[", 20_000)) + "<b>").ShouldContain("&lt;b&gt;");

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("**a ")]
    [InlineData("<div>")]
    [InlineData("<b><i>")]
    [InlineData("![](")]
    [InlineData("a\n\n")]
    [InlineData("- [ ] a\n")]
    [InlineData("<x-y>")]
    public void A_text_made_to_exhaust_the_portal_does_not(string piece)
    {
        var html = MarkdownText.ToHtml(string.Concat(Enumerable.Repeat(piece, 8_000)));

        html.ShouldNotBeEmpty();
    }

    [Fact]
    public void Relative_addresses_lead_where_they_are_told_and_are_text_where_nowhere()
    {
        var html = MarkdownText.ToHtml(
            "[a](docs/a.md) [b](../../b) [c](https://c.example) [d](#d) ![e](e.png) ![f](f.png) [g](g)",
            (address, isImage) => address switch { "docs/a.md" => "https://host/docs/a.md", "e.png" when isImage => "https://raw/e.png", "g" => "javascript:alert(1)", _ => null });

        html.Trim().ShouldBe(
            "<p><a href=\"https://host/docs/a.md\" rel=\"noopener noreferrer nofollow\">a</a> <a>b</a> <a href=\"https://c.example\" rel=\"noopener noreferrer nofollow\">c</a> <a href=\"#md-d\">d</a> <img src=\"https://raw/e.png\" alt=\"e\" loading=\"lazy\">  <a>g</a></p>");
    }

    [Fact]
    public async Task The_component_shows_the_clean_text() =>
        (await new Screen().Show<Markdown>(("Text", "a <script>x</script>b"))).QuerySelector(".prose")!.InnerHtml.Trim().ShouldBe("<p>a b</p>");
}
