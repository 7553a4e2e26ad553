using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;
using static Microsoft.Playwright.Assertions;

namespace Stagedoor.EndToEnd.Tests.Docs;

/// <summary><c>stagedoor docs …</c> as one runs it beside an editor, and in a pipeline.</summary>
public sealed class CommandTests(BrowserFixture browser) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stagedoor-docs-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Check_tells_what_is_broken_and_where_and_fails()
    {
        Write("mkdocs.yml", "site_name: X\nnav:\n  - index.md\n  - gone.md\n");
        Write("docs/index.md", "# Home\n[a](nowhere.md) [b](#nothing)\n");

        var (code, said) = await PortalProcess.Run(["docs", "check", _folder, "--output", "json"], null, Cancelled);
        Write("mkdocs.yml", "site_name: X\n");
        Write("docs/index.md", "# Home\n[a](#home)\n");
        var (well, fine) = await PortalProcess.Run(["docs", "check"], _folder, Cancelled);
        var (missing, why) = await PortalProcess.Run(["docs", "check", Path.Combine(_folder, "none")], null, Cancelled);

        code.ShouldBe(1);
        said.ShouldContain("mkdocs.yml:4");
        said.ShouldContain("nowhere.md");
        said.ShouldContain("#nothing");
        said.ShouldContain("1 page checked, 3 broken.");
        well.ShouldBe(0);
        fine.ShouldContain("1 page checked, nothing broken.");
        missing.ShouldBe(2);
        why.ShouldContain("There is no folder");
    }

    [Fact]
    public async Task Check_reads_a_folder_as_a_part_of_its_repository()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write("base.yml", "site_name: Ours\n");
        Write("services/x/mkdocs.yml", "INHERIT: ../../base.yml\n");
        Write("services/x/src/Program.cs", "return 0;\n");
        Write("services/x/docs/index.md", "# Home\n[code](../src/Program.cs) [no code](../src/Gone.cs)\n");

        var (code, said) = await PortalProcess.Run(["docs", "check", Path.Combine(_folder, "services", "x"), "--output", "json"], null, Cancelled);

        code.ShouldBe(1);
        said.ShouldContain("\"docs/index.md\"");
        said.ShouldContain("../src/Gone.cs");
        said.ShouldContain("1 page checked, 1 broken.");
    }

    [Fact]
    public async Task Serve_shows_the_folder_and_follows_each_save()
    {
        Needs.Chromium();
        Write("docs/index.md", "# Mine\nFirst words.\n");
        await using var command = CommandProcess.Start(["docs", "serve", _folder]);
        var address = await command.Line(line => line.Contains("http://127.0.0.1", StringComparison.Ordinal), Cancelled);
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(new Uri(address));
        await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("First words");
        Write("docs/index.md", "# Mine\nOther words.\n");
        await Expect(visitor.Page.Locator(".docs-text")).ToContainTextAsync("Other words", new() { Timeout = 60_000 });
        visitor.Complaints.ShouldBeEmpty();
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
