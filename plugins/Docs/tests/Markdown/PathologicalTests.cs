using System.Globalization;
using System.Text;
using Stagedoor.Docs.Markdown;

namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>Pages that were made to be slow, or are just very large: each is finished while somebody might still wait.</summary>
public sealed class PathologicalTests
{
    /// <summary>A quadratic step would take many times as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly MarkdownRenderer Renderer = new(Tables.Load());

    private static readonly Dictionary<string, Func<string>> Texts = new()
    {
        ["stars that open"] = () => Times("*a ", 60_000),
        ["stars that open and close nothing"] = () => Times("**a *b ", 40_000),
        ["stars only"] = () => new string('*', 100_000),
        ["underscores"] = () => Times("_a __b ", 40_000),
        ["emphasis in emphasis"] = () => Times("*a **b ", 5_000) + Times("c** d* ", 5_000),
        ["pairs of emphasis"] = () => Times("**a** *b* ", 30_000),
        ["carets, tildes, equals signs"] = () => Times("^a ~b ==c ^^d ~~e ", 20_000),
        ["brackets that open"] = () => new string('[', 100_000),
        ["brackets that close"] = () => new string('[', 50_000) + new string(']', 50_000),
        ["links that do not end"] = () => Times("[a](b ", 40_000),
        ["links with quotes"] = () => Times("[a](b \"c ", 30_000),
        ["links with angles"] = () => Times("[a](<b ", 30_000),
        ["links in links"] = () => new string('[', 20_000) + Times("](a)", 20_000),
        ["short forms"] = () => Times("a/b#1 @c ", 20_000),
        ["images in images"] = () => Times("![", 50_000),
        ["references without names"] = () => Times("[a][b] ", 40_000),
        ["many references"] = () => string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[r{i}]: http://x/{i}\n")) + Times("[r1] ", 20_000),
        ["backticks of all lengths"] = () => string.Concat(Enumerable.Range(1, 500).Select(i => new string('`', i) + "a")),
        ["backslashes"] = () => new string('\\', 200_000),
        ["angles"] = () => Times("<a ", 60_000),
        ["angles with quotes"] = () => Times("<a b=\"", 40_000),
        ["comments that do not end"] = () => Times("<!-- ", 50_000),
        ["elements in elements"] = () => Times("<div>", 50_000),
        ["elements that end"] = () => Times("</div>", 50_000),
        ["elements that do not fit"] = () => Times("<div><b></div>", 30_000),
        ["elements with Markdown in elements"] = () => Times("<div markdown=1>\n", 20_000),
        ["formatting that a browser would repeat"] = () => string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<b id=b{i}>")) + Times("<p>x", 5_000),
        ["references by name"] = () => Times("&amp; & &# ", 50_000),
        ["references in an element"] = () => "<div markdown=1>" + Times("&amp;", 50_000) + "</div>",
        ["instructions"] = () => Times("<?\n", 50_000),
        ["quotes in quotes"] = () => new string('>', 20_000) + " a",
        ["lines of quotes"] = () => Times("> a\n", 50_000),
        ["lists in a line"] = () => Times("* ", 20_000) + "a",
        ["fifty lists in lists"] = () => string.Concat(Enumerable.Range(0, 50).Select(i => new string(' ', i * 4) + $"* item {i}\n")),
        ["a thousand lists in lists"] = () => string.Concat(Enumerable.Range(0, 700).Select(i => new string(' ', i * 4) + $"* item {i}\n")),
        ["a long list"] = () => Times("* item\n", 50_000),
        ["a long loose list"] = () => Times("* item\n\n", 50_000),
        ["a table of ten thousand rows"] = () => "| a | b |\n|---|---|\n" + Times("| *one* | `two` |\n", 10_000),
        ["a table of ten thousand columns"] = () => $"{Times("|a", 10_000)}|\n{Times("|-", 10_000)}|\n{Times("|x", 10_000)}|\n",
        ["a row of backticks"] = () => "a|b\n-|-\n" + Times("`|``|", 20_000),
        ["headings of one name"] = () => Times("# same\n", 20_000),
        ["headings that number themselves"] = () => Times("# a_1\n\n# a\n\n", 10_000),
        ["lines of headings"] = () => Times("# a\nb\n", 40_000),
        ["rules"] = () => Times("---\na\n", 40_000),
        ["definitions"] = () => Times("term\n: meaning\n", 30_000),
        ["admonitions in admonitions"] = () => string.Concat(Enumerable.Range(0, 500).Select(i => new string(' ', i * 4) + "!!! note\n")),
        ["many admonitions"] = () => Times("!!! note\n    a\n", 20_000),
        ["tabs in tabs"] = () => string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i * 4) + "=== \"a\"\n\n")),
        ["many tabs"] = () => Times("=== \"a\"\n    b\n\n", 5_000),
        ["code with blank lines"] = () => Times("    code\n\n", 50_000),
        ["fences"] = () => Times("```\na\n```\n", 30_000),
        ["fences that do not end"] = () => Times("```a\n~~~~b\n", 30_000),
        ["a long opening of a fence"] = () => "```a " + Times("b=\"c\" ", 50_000) + "\nx\n```",
        ["footnotes"] = () => string.Concat(Enumerable.Range(0, 3_000).Select(i => $"text[^{i}]\n\n[^{i}]: note {i}\n\n")),
        ["footnotes that are referred to"] = () => Times("[^1] ", 20_000) + "\n\n[^1]: note",
        ["abbreviations"] = () => string.Concat(Enumerable.Range(0, 3_000).Select(i => $"*[A{i}]: meaning\n")) + "\n" + Times("A1 A2999 b ", 20_000),
        ["mail addresses"] = () => Times("a@b.", 40_000) + " " + Times("a.", 40_000) + "@x",
        ["addresses"] = () => Times("http://a", 30_000) + " http://a" + new string('.', 50_000),
        ["colons and keys"] = () => Times(":a ++a+ ", 40_000),
        ["formulas"] = () => Times("$a \\(b ", 40_000),
        ["a long formula"] = () => "$$" + Times("\\a $", 40_000),
        ["marks of an editor"] = () => Times("{++ {-- {~~ {== ", 30_000),
        ["attributes"] = () => Times("*a*{ .b", 30_000) + "{: " + Times("a=\"", 30_000),
        ["front matter"] = () => "---\n" + Times("a: &a [*a, *a]\n", 10_000) + "---\n",
        ["YAML in YAML"] = () => $"---\na: {Times("[", 5_000)}\n---\ntext",
        ["symbols"] = () => Times("1/2 1st --> (c) ", 30_000),
        ["an endless word"] = () => new string('a', 500_000),
        ["spaces"] = () => new string(' ', 500_000) + "a",
        ["blank lines"] = () => new string('\n', 500_000),
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_rendered_before_patience_ends(string name)
    {
        var text = Texts[name]();

        var page = await Task.Run(() => Renderer.Render(text, CleaningTests.Everything()), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        page.Html.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_twenty_megabytes_the_beginning_is_shown_with_a_note()
    {
        var text = string.Concat(Enumerable.Range(0, 250_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"Paragraph {i} with *emphasis*, `code` and a [link](page-{i}.md) in it, and some more.\n\n")));

        var page = await Task.Run(() => Renderer.Render(text, CleaningTests.Everything()), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        text.Length.ShouldBeGreaterThan(20_000_000);
        page.Html.ShouldContain("Paragraph 1000 with <em>emphasis</em>");
        page.Notes.ShouldHaveSingleItem().ShouldContain("Its first 2 MB are shown");
    }

    private static string Times(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
