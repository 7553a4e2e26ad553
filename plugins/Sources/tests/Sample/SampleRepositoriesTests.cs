using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Stagedoor.Plugins;
using Stagedoor.Sources.Git;
using Stagedoor.Sources.Sample;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Portals;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Sources.Tests.Sample;

public sealed class SampleRepositoriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "samples", "Organisation");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_portal_with_the_sample_makes_its_repositories_with_a_history_by_its_people()
    {
        await using var portal = await Portal();
        var repositories = portal.Service<IRepositories>();

        var made = await Made(portal);
        var ledger = made.Single(repository => repository.Url.EndsWith("/ledger.git", StringComparison.Ordinal));
        var commit = await repositories.Resolve(ledger, null, TimeSpan.Zero, Cancelled);
        var log = await repositories.Log(commit, null, 10, Cancelled);

        log.Select(one => one.Author).ShouldBe(["Nina Kovacs", "Dana Levi", "Nina Kovacs", "Victor Lang"]);
        log[^1].At.ShouldBe(DateTimeOffset.Parse("2021-02-08T09:00:00Z", CultureInfo.InvariantCulture));
        log[^1].Subject.ShouldBe("Two lines for every movement");
        var text = await repositories.Read(commit, "docs/rules.md", 1024 * 1024, Cancelled);
        text!.Value.ToArray().ShouldBe(await File.ReadAllBytesAsync(Path.Combine(Shipped, "repositories", "ledger", "docs", "rules.md"), Cancelled));
    }

    [Fact]
    public async Task Nothing_is_made_without_the_sample()
    {
        await using var portal = await TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin()], Sample = "none" }, Cancelled);

        SampleRepositories.Folder(portal.Service<IPortalFolders>()).ShouldBeNull();
        Directory.Exists(Path.Combine(portal.Service<IPortalFolders>().Data, "sources", "sample")).ShouldBeFalse();
    }

    [Fact]
    public async Task Making_them_again_changes_nothing_and_another_machine_makes_the_same_commits()
    {
        await using var portal = await Portal();
        await Made(portal);
        var folders = new Folders(_folder.At("data"), Shipped);

        await Make(portal, folders);
        var first = Heads(folders);
        var written = Directory.GetLastWriteTimeUtc(Path.Combine(folders.Repositories, "cards.git"));
        await Make(portal, folders);

        Heads(folders).ShouldBe(first);
        first.ShouldBe(Heads(new Folders(portal.Service<IPortalFolders>().Data, Shipped)));
        Directory.GetLastWriteTimeUtc(Path.Combine(folders.Repositories, "cards.git")).ShouldBe(written);
        Directory.Exists(folders.Repositories + ".new").ShouldBeFalse();
    }

    [Fact]
    public async Task What_an_interruption_left_aside_is_cleared_and_the_rest_is_made()
    {
        await using var portal = await Portal();
        var folders = new Folders(_folder.At("data"), Shipped);
        await Make(portal, folders);
        var whole = Heads(folders);
        Directory.CreateDirectory(folders.Repositories + ".new/cards/objects");
        Directory.Delete(Path.Combine(folders.Repositories, "cards.git"), recursive: true);

        await Make(portal, folders);

        Heads(folders).ShouldBe(whole);
        Directory.Exists(folders.Repositories + ".new").ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_version_of_the_sample_replaces_what_nobody_has_committed_to()
    {
        await using var portal = await Portal();
        var sample = _folder.At("sample");
        FolderCopy.Make(Shipped, sample);
        var folders = new Folders(_folder.At("data"), sample);
        await Make(portal, folders);
        var before = Heads(folders);
        Commit(folders, "plans.git");
        var committed = Heads(folders)["plans.git"];
        _folder.Write("sample/repositories/plans/NEWS.md", "News\n");
        _folder.Write("sample/repositories/cards/NEWS.md", "News\n");
        var history = await File.ReadAllTextAsync(_folder.At("sample/repositories/history.json"), Cancelled);
        await File.WriteAllTextAsync(_folder.At("sample/repositories/history.json"), history.Replace("\"web-bank\"", "\"wide-bank\"", StringComparison.Ordinal), Cancelled);
        Directory.Move(_folder.At("sample/repositories/web-bank"), _folder.At("sample/repositories/wide-bank"));

        await Make(portal, folders);

        var after = Heads(folders);
        after["cards.git"].ShouldNotBe(before["cards.git"]);
        after["plans.git"].ShouldBe(committed);
        after["ledger.git"].ShouldBe(before["ledger.git"]);
        after.ShouldNotContainKey("web-bank.git");
        after.ShouldContainKey("wide-bank.git");
    }

    private static Task<TestPortal> Portal() => TestPortal.Start(new TestPortalOptions { Plugins = [new SourcesPlugin()], Sample = "polaris" }, Cancelled);

    private static async Task<IReadOnlyList<RepositoryAddress>> Made(TestPortal portal)
    {
        var folder = SampleRepositories.Folder(portal.Service<IPortalFolders>())!;
        return await Eventually.Reach(
            "the repositories are there", TimeSpan.FromSeconds(30), () => Task.FromResult(portal.Service<IRepositories>().InFolder(folder)),
            found => found.Count == 24 && !Directory.Exists(folder + ".new"), Cancelled);
    }

    private static async Task Make(TestPortal portal, Folders folders)
    {
        await MakeSampleRepositories.MakeFolder(folders);
        await new MakeSampleRepositories(folders, portal.Service<GitProgram>(), NullLogger<MakeSampleRepositories>.Instance).Run(Cancelled);
    }

    private static SortedDictionary<string, string> Heads(Folders folders) => new(
        Directory.EnumerateDirectories(folders.Repositories).ToDictionary(folder => Path.GetFileName(folder), folder => File.ReadAllText(Path.Combine(folder, "refs", "heads", "main")).Trim()));

    private void Commit(Folders folders, string repository)
    {
        var work = new SampleRepository(_folder.At("work"));
        work.Git("pull", "-q", Path.Combine(folders.Repositories, repository), "main");
        work.Commit("mine.txt", "mine");
        work.Git("push", "-q", Path.Combine(folders.Repositories, repository), "main");
    }

    private sealed record Folders(string Data, string Sample) : IPortalFolders
    {
        public string Configuration => Data;

        public string Repositories => SampleRepositories.Folder(this)!;

        string? IPortalFolders.Sample => Sample;
    }
}
