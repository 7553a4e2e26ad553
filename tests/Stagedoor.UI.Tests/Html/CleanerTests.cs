using AngleSharp.Html.Parser;
using Stagedoor.UI.Html;

namespace Stagedoor.UI.Tests.Html;

public sealed class CleanerTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT SRC=//evil.test/x.js></SCRIPT>")]
    [InlineData("<scr<script>ipt>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<img/src=x/onerror=alert(1)>")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">")]
    [InlineData("<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<template><img src=x onerror=alert(1)></template>")]
    [InlineData("<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>")]
    [InlineData("<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>")]
    [InlineData("<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>")]
    [InlineData("<a href='javascript:alert(1)'>x</a>")]
    [InlineData("<a href='JaVaScRiPt:alert(1)'>x</a>")]
    [InlineData("<a href=' &#1; javascript:alert(1)'>x</a>")]
    [InlineData("<a href='java&#10;script:alert(1)'>x</a>")]
    [InlineData("<a href='java&Tab;script:alert(1)'>x</a>")]
    [InlineData("<a href='javascript&colon;alert(1)'>x</a>")]
    [InlineData("<a href='vbscript:msgbox(1)'>x</a>")]
    [InlineData("<a href='data:text/html,<script>alert(1)</script>'>x</a>")]
    [InlineData("<a href='blob:https://portal.test/1'>x</a>")]
    [InlineData("<img src='data:image/svg+xml,<svg onload=alert(1)>'>")]
    [InlineData("<img src=javascript:alert(1)>")]
    [InlineData("<form action=/settings/plugins method=post><button name=do value=disable>Click me</button></form>")]
    [InlineData("<input type=text name=q autofocus onfocus=alert(1)>")]
    [InlineData("<input type=image src=x onerror=alert(1)>")]
    [InlineData("<p style='position:fixed;inset:0'>x</p>")]
    [InlineData("<style>*{display:none}</style>")]
    [InlineData("<link rel=stylesheet href=//evil.test/x.css><meta http-equiv=refresh content='0;url=//evil.test'><base href=//evil.test/>")]
    [InlineData("<p onmouseover=alert(1) onclick=alert(1)>x</p>")]
    [InlineData("<details ontoggle=alert(1) open>x</details>")]
    [InlineData("<sd-fragment src=/api/portal/secret every=1></sd-fragment><sd-copy data-text='rm -rf /'></sd-copy>")]
    [InlineData("<div popover id=x></div><button popovertarget=x command=show-modal commandfor=palette>x</button>")]
    [InlineData("<dialog open>Sign in again</dialog>")]
    [InlineData("<p data-shortcut=h data-dismiss=x is=sd-copy slot=x part=y>x</p>")]
    [InlineData("<a target=_blank ping=//evil.test download href=/x>x</a>")]
    [InlineData("<table background=javascript:alert(1)><tr><td background=x>x</td></tr></table>")]
    [InlineData("<!--[if gte IE 4]><script>alert(1)</script><![endif]-->")]
    [InlineData("<?php echo 1 ?><![CDATA[<script>alert(1)</script>]]>")]
    [InlineData("<p><b><script>alert(1)</b></p></script>")]
    [InlineData("<unknown-thing><script>alert(1)</script><img src=x onerror=alert(1)></unknown-thing>")]
    [InlineData("<select><option><style></option></select><img src=x onerror=alert(1)></style>")]
    [InlineData("<body onload=alert(1)><html onclick=alert(1)>")]
    [InlineData("<plaintext><img src=x onerror=alert(1)>")]
    public void Nothing_that_runs_loads_or_poses_comes_through(string attack)
    {
        var once = Cleaner.Clean(attack);

        // What is left must be as harmless when a browser reads it again, hence the second parse.
        foreach (var html in (string[])[once, new HtmlParser().ParseDocument("<!doctype html><body>" + once).Body!.InnerHtml])
        {
            ShouldBeHarmless(html);
        }
    }

    [Fact]
    public void An_element_that_is_not_known_loses_its_tags_and_keeps_its_text() =>
        Cleaner.Clean("<p>a <blink>b <b>c</b></blink> d</p>").ShouldBe("<p>a b <b>c</b> d</p>");

    [Fact]
    public void A_link_to_the_outside_does_not_hand_over_the_page() =>
        Cleaner.Clean("<a href='https://example.com/a?b=1'>x</a>").ShouldBe("<a href=\"https://example.com/a?b=1\" rel=\"noopener noreferrer nofollow\">x</a>");

    [Theory]
    [InlineData("//evil.test/x")]
    [InlineData("\\\\evil.test/x")]
    [InlineData("/\\evil.test/x")]
    public void An_address_that_only_looks_local_is_treated_as_one_to_the_outside(string href) =>
        Cleaner.Clean($"<a href='{href}'>x</a>").ShouldContain("noopener");

    [Theory]
    [InlineData("/docs/a")]
    [InlineData("../a.md#b")]
    [InlineData("?tab=docs")]
    [InlineData("mailto:mae@polaris.example")]
    public void A_link_inside_stays_as_it_is(string href) => Cleaner.Clean($"<a href='{href}'>x</a>").ShouldBe($"<a href=\"{href}\">x</a>");

    [Fact]
    public void Ids_cannot_take_the_names_of_parts_of_the_page()
    {
        Cleaner.Clean("<h2 id='main'>x</h2><a href='#main'>y</a>").ShouldBe("<h2 id=\"md-main\">x</h2><a href=\"#md-main\">y</a>");
        Cleaner.Clean("<a name='palette' id='a b'>x</a>").ShouldBe("<a>x</a>");
    }

    [Fact]
    public void Classes_of_the_kit_cannot_be_worn() =>
        Cleaner.Clean("<p class='btn primary toast'>x</p><code class='language-go skip'>y</code>").ShouldBe("<p>x</p><code class=\"language-go\">y</code>");

    [Fact]
    public void Depth_has_an_end()
    {
        var html = Cleaner.Clean(string.Concat(Enumerable.Repeat("<div>", 20_000)) + "deep");

        html.Length.ShouldBeLessThan(5_000);
        html.ShouldNotContain("deep");
    }

    [Fact]
    public void Unknown_elements_do_not_count_towards_depth_but_their_content_is_cleaned()
    {
        var html = Cleaner.Clean(string.Concat(Enumerable.Repeat("<x-y>", 5_000)) + "<p onclick=a>text</p>");

        html.ShouldBe("<p>text</p>");
    }

    private static void ShouldBeHarmless(string html)
    {
        var body = new HtmlParser().ParseDocument("<!doctype html><body>" + html).Body!;
        string[] elements = ["script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "form", "button", "link", "meta", "base", "dialog", "textarea", "select", "sd-fragment", "sd-copy"];
        string[] attributes = ["href", "src", "alt", "title", "id", "class", "rel", "loading", "width", "height", "type", "disabled", "checked", "aria-label", "colspan", "rowspan", "align", "start", "open"];
        foreach (var element in body.QuerySelectorAll("*"))
        {
            elements.ShouldNotContain(element.LocalName);
            foreach (var attribute in element.Attributes)
            {
                attributes.ShouldContain(attribute.Name, html);
                if (attribute.Name is "href" or "src")
                {
                    attribute.Value.ShouldNotContain("script:", Case.Insensitive);
                    attribute.Value.ShouldNotContain("data:", Case.Insensitive);
                    attribute.Value.ShouldNotContain("blob:", Case.Insensitive);
                }
            }

            (element.LocalName != "input" || element.GetAttribute("type") == "checkbox").ShouldBeTrue(html);
        }
    }
}
