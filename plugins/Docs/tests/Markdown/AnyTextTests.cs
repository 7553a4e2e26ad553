using System.Text;
using AngleSharp.Html.Parser;
using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>Whatever is written, a page comes out, and it is harmless and well-formed.</summary>
public sealed class AnyTextTests
{
    private const int Rounds = 400;

    private static readonly MarkdownRenderer Renderer = new(Tables.Load());

    private static readonly string[] Pieces =
    [
        "*", "**", "_", "__", "`", "``", "```", "~~~", "~", "^", "==", "[", "]", "(", ")", "](", "][", "![", "<", ">", "</", "/>", "<div>", "<div markdown=1>", "</div>", "<p>", "<b>", "</b>", "<script>", "</script>",
        "<table><tr><td>", "</table>", "<!--", "-->", "<svg>", "<a href='javascript:x'>", "&", "&amp;", "&#", "#", "# ", "\n", "\n\n", "\n    ", "\n\n    ", "\n> ", "\n* ", "\n1. ", "\n- [ ] ", "\n| a | b |\n|---|---|\n", "|",
        "\n!!! note \"x\"\n    ", "\n??? tip\n    ", "\n=== \"t\"\n    ", "\n: ", "[^1]", "\n[^1]: ", "\n*[a]: ", "\n[a]: b", "{: .x }", "{ onclick=x }", "{++", "++}", "{>>", "<<}", "$", "$$", "\\", "\\(", ":smile:", "++a++", "http://a.b",
        "a@b.cd", "---", "===", "\n---\n", "a", "b c", "é", "漢", "\t", "\r\n", "\u0002", "\u0003", "\ue100", "\ue101\ue000", "\0", "\ud83d\ude00", "\ud83d", "1st", "(c)", "--8<-- \"x\"", "\n--8<--\n", "'", "\"", "{", "}", "hr", "<hr>", "<br/>",
        "<input type=radio name=__tabbed_1 id=__tabbed_1_1>", "<li>", "<td>", "<h1 id=a>", "<details>", "<?", "<!", "<![CDATA[",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Becomes_a_harmless_page_of_balanced_elements(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 60); i > 0; i--) text.Append(Pieces[random.Next(Pieces.Length)]);
            var source = text.ToString();

            var page = Renderer.Render(source, CleaningTests.Everything() with { Include = path => path + source[..Math.Min(20, source.Length)] });

            CleaningTests.ShouldBeHarmless(page.Html, source);
            ShouldBeBalanced(page.Html, source);
            page.Uncleaned.ShouldNotContain("\u0002");
        }
    }

    [Fact]
    public void Gives_the_same_page_each_time()
    {
        var source = Cases.Source("pages/004-pages-material-reference");

        var first = Renderer.Render(source, Cases.Options("pages/004-pages-material-reference"));
        var second = Renderer.Render(source, Cases.Options("pages/004-pages-material-reference"));

        second.Html.ShouldBe(first.Html);
    }

    [Fact]
    public void Every_recorded_case_is_harmless_once_cleaned()
    {
        foreach (var name in Cases.Names)
        {
            var page = Renderer.Render(Cases.Source(name), Cases.Options(name));

            CleaningTests.ShouldBeHarmless(page.Html, name);
            ShouldBeBalanced(page.Html, name);
        }
    }

    private static void ShouldBeBalanced(string html, string source)
    {
        var open = new Stack<string>();
        var at = 0;
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            var end = html.IndexOf('>', at);
            end.ShouldBeGreaterThan(at, source);
            var tag = html[(at + 1)..end];
            if (tag.StartsWith('/')) open.Pop().ShouldBe(tag[1..], source);
            else if (tag.Split(' ')[0] is not ("br" or "col" or "hr" or "img" or "input" or "wbr")) open.Push(tag.Split(' ')[0]);
            at = end;
        }

        open.ShouldBeEmpty(source);
        new HtmlParser().ParseDocument(html).Body.ShouldNotBeNull();
    }
}
