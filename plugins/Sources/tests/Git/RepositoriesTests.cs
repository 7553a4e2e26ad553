using System.Text;
using Stagedoor.Sources.Git;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Sources.Tests.Git;

/// <summary>Repositories behind git's own HTTP server.</summary>
public sealed class RepositoriesTests : IDisposable
{
    private const long Most = 10 * 1024 * 1024;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_repository_is_fetched_and_its_files_are_read_at_a_commit()
    {
        var source = Source();
        var sha = source.Commit("docs/größe and space.md", "hello");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);

        var commit = await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);
        var tree = await outside.Repositories.Tree(commit, null, Cancelled);

        commit.Sha.ShouldBe(sha);
        tree.Select(entry => (entry.Path, entry.Size)).ShouldBe([("catalog-info.yaml", 11L), ("docs/größe and space.md", 5L)]);
        Text(await outside.Repositories.Read(commit, "docs/größe and space.md", Most, Cancelled)).ShouldBe("hello");
        (await outside.Repositories.Read(commit, "nothing.md", Most, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_pushed_is_seen_and_a_look_without_news_fetches_nothing()
    {
        var source = Source();
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);
        await outside.Repositories.Resolve(repository, "main", TimeSpan.Zero, Cancelled);
        server.Requests.Clear();
        await outside.Repositories.Resolve(repository, "main", TimeSpan.Zero, Cancelled);
        var look = server.Requests.Count(request => request.Method == "POST");
        var pushed = source.Commit("a.txt", "more");

        var commit = await outside.Repositories.Resolve(repository, "main", TimeSpan.Zero, Cancelled);
        var old = await outside.Repositories.Resolve(repository, "main", TimeSpan.FromHours(1), Cancelled);

        look.ShouldBe(1);
        commit.Sha.ShouldBe(pushed);
        old.Sha.ShouldBe(pushed);
        server.Requests.ShouldAllBe(request => !request.Path.Contains("receive-pack"));
    }

    [Fact]
    public async Task A_branch_that_was_rewritten_is_followed_and_one_that_was_deleted_is_gone()
    {
        var source = Source();
        source.Git("branch", "feature/one");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);
        await outside.Repositories.Resolve(repository, "feature/one", TimeSpan.Zero, Cancelled);
        source.Write("catalog-info.yaml", "rewritten");
        source.Git("commit", "-q", "-a", "--amend", "-m", "Other");
        source.Git("branch", "-D", "feature/one");

        var commit = await outside.Repositories.Resolve(repository, "main", TimeSpan.Zero, Cancelled);
        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(repository, "feature/one", TimeSpan.Zero, Cancelled));

        commit.Sha.ShouldBe(source.Git("rev-parse", "HEAD"));
        failure.IsMissing.ShouldBeTrue();
        failure.Message.ShouldContain("no branch, tag or commit feature/one");
    }

    [Fact]
    public async Task Branches_tags_and_commits_are_found_by_name()
    {
        var source = Source();
        var first = source.Git("rev-parse", "HEAD");
        source.Git("tag", "-a", "v1", "-m", "One");
        var second = source.Commit("a.txt", "more");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);

        (await outside.Repositories.Resolve(repository, "v1", TimeSpan.Zero, Cancelled)).Sha.ShouldBe(first);
        (await outside.Repositories.Resolve(repository, first, TimeSpan.MaxValue, Cancelled)).Sha.ShouldBe(first);
        (await outside.Repositories.Resolve(repository, "main", TimeSpan.MaxValue, Cancelled)).Sha.ShouldBe(second);
        var references = await outside.Repositories.References(repository, TimeSpan.MaxValue, Cancelled);
        references.Select(reference => (reference.Name, reference.IsTag, reference.IsDefault)).ShouldBe([("main", false, true), ("v1", true, false)]);
    }

    [Fact]
    public async Task A_branch_with_slashes_is_told_from_the_path_behind_it()
    {
        var source = Source();
        source.Git("checkout", "-q", "-b", "feature/one");
        source.Commit("docs/a.md", "a");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);

        var settled = await outside.Repositories.Settle(new RepositoryFile(Address(outside, server), "feature", "one/docs/a.md"), TimeSpan.Zero, Cancelled);

        settled.Reference.ShouldBe("feature/one");
        settled.Path.ShouldBe("docs/a.md");
    }

    [Theory]
    [InlineData("--upload-pack=touch /tmp/pwned")]
    [InlineData("-x")]
    [InlineData("main:catalog-info.yaml")]
    [InlineData("main^{tree}")]
    [InlineData("a..b")]
    [InlineData("@{-1}")]
    [InlineData("a\nb")]
    [InlineData("")]
    public async Task A_name_that_git_would_take_for_more_is_refused(string reference)
    {
        Source();
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(Address(outside, server), reference, TimeSpan.Zero, Cancelled));

        failure.Message.ShouldContain("not the name of a branch");
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ext::sh -c touch% /tmp/pwned")]
    [InlineData("--upload-pack=touch /tmp/pwned")]
    [InlineData("ssh://-oProxyCommand=touch/x/y")]
    [InlineData("https://me:secret@example.com/a.git")]
    [InlineData("file://elsewhere/a.git")]
    [InlineData("fd::17")]
    [InlineData("nothing")]
    public void What_is_not_the_address_of_a_repository_is_refused(string address)
    {
        using var outside = Outside.Allowing();

        var failure = Should.Throw<OutboundException>(() => outside.Repositories.Parse(address));

        failure.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("git@git.example.com:owner/name.git", "ssh://git@git.example.com/owner/name.git")]
    [InlineData("HTTPS://Example.com/Owner/name.git/", "https://example.com/Owner/name.git")]
    [InlineData("https://example.com:443/a", "https://example.com/a")]
    [InlineData("file:///srv/repos/a%20b/", "file:///srv/repos/a b")]
    public void An_address_has_one_form(string address, string form)
    {
        using var outside = Outside.Allowing();

        outside.Repositories.Parse(address).Url.ShouldBe(form);
    }

    [Fact]
    public async Task Credentials_reach_the_server_and_nothing_else()
    {
        Source();
        var git = new GitServer(_folder.Path) { Required = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("git:s3cret")) };
        await using var server = await LoopbackServer.Start(git.Answer);
        using var outside = new Outside(new SourcesOptions
        {
            Hosts = [new SourceHost { Host = server.Address.Authority, Token = "s3cret", AllowHttp = true }], AllowPrivateAddresses = ["127.0.0.1"],
        });

        var commit = await outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled);

        (await outside.Repositories.Tree(commit, null, Cancelled)).Count.ShouldBe(1);
        Directory.EnumerateFiles(outside.Repositories.Folder, "*", SearchOption.AllDirectories)
            .ShouldAllBe(file => !File.ReadAllText(file).Contains("s3cret"));
    }

    [Fact]
    public async Task Credentials_of_all_hosts_of_a_domain_reach_each_of_them()
    {
        Source();
        var git = new GitServer(_folder.Path) { Required = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("oauth2:s3cret")) };
        await using var server = await LoopbackServer.Start(git.Answer);
        using var outside = new Outside(new SourcesOptions
        {
            Hosts = [new SourceHost { Host = $"*.corp.example:{server.Address.Port}", Token = "s3cret", AllowHttp = true }], AllowPrivateAddresses = ["127.0.0.1"],
        });
        outside.Names["gitlab.corp.example"] = () => System.Net.IPAddress.Loopback;
        var address = new UriBuilder(Address(outside, server).Url) { Host = "gitlab.corp.example" }.Uri.AbsoluteUri;

        var commit = await outside.Repositories.Resolve(outside.Repositories.Parse(address), null, TimeSpan.Zero, Cancelled);

        (await outside.Repositories.Tree(commit, null, Cancelled)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Credentials_do_not_reach_a_server_unencrypted()
    {
        Source();
        var git = new GitServer(_folder.Path) { Required = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("git:s3cret")) };
        await using var server = await LoopbackServer.Start(git.Answer);
        using var outside = new Outside(new SourcesOptions { Hosts = [new SourceHost { Host = server.Address.Authority, Token = "s3cret" }], AllowPrivateAddresses = ["127.0.0.1"] });

        await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled));

        server.Requests.ShouldAllBe(request => request.Authorization == null);
    }

    [Fact]
    public async Task Without_the_right_credentials_the_message_says_where_to_put_them()
    {
        Source();
        var git = new GitServer(_folder.Path) { Required = "Basic x" };
        await using var server = await LoopbackServer.Start(git.Answer);
        using var outside = Outside.Allowing(server.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled));

        failure.Message.ShouldContain("sources.hosts");
        failure.IsMissing.ShouldBeFalse();
    }

    [Fact]
    public async Task A_repository_that_leads_elsewhere_is_not_followed()
    {
        Source();
        await using var other = await LoopbackServer.Start(new GitServer(_folder.Path).Answer);
        await using var server = await LoopbackServer.Start(context =>
        {
            context.Response.Redirect(new Uri(other.Address, context.Request.Path + context.Request.QueryString).AbsoluteUri);
            return Task.CompletedTask;
        });
        using var outside = Outside.Allowing(server.Address, other.Address);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled));

        failure.Message.ShouldContain("has moved");
        other.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Git_connects_to_the_address_that_was_judged()
    {
        Source();
        await using var server = await Serve();
        using var outside = new Outside(new SourcesOptions { AllowedHosts = [$"git.example:{server.Address.Port}"], AllowPrivateAddresses = ["127.0.0.1"] });
        outside.Names["git.example"] = () => System.Net.IPAddress.Loopback;

        var commit = await outside.Repositories.Resolve(outside.Repositories.Parse($"http://git.example:{server.Address.Port}/sample.git"), null, TimeSpan.Zero, Cancelled);

        commit.Sha.Length.ShouldBe(40);
    }

    [Theory]
    [InlineData("http://inside.example/sample.git")]
    [InlineData("ssh://git@inside.example/sample.git")]
    public async Task A_repository_inside_is_not_connected_to(string address)
    {
        using var outside = new Outside(new SourcesOptions { AllowedHosts = ["inside.example"] });
        outside.Names["inside.example"] = () => System.Net.IPAddress.Loopback;

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(outside.Repositories.Parse(address), null, TimeSpan.Zero, Cancelled));

        failure.Message.ShouldContain("not an address of the public internet");
    }

    [Fact]
    public async Task A_server_that_is_down_fails_for_now_and_what_was_fetched_stays_readable()
    {
        var source = Source();
        var git = new GitServer(_folder.Path);
        await using var server = await LoopbackServer.Start(git.Answer);
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);
        var commit = await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);
        git.IsDown = true;

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled));

        failure.IsPassing.ShouldBeTrue();
        failure.IsMissing.ShouldBeFalse();
        Text(await outside.Repositories.Read(commit, "catalog-info.yaml", Most, Cancelled)).ShouldBe("kind: First");
        git.IsDown = false;
        source.Commit("b.txt", "b");
        (await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled)).Sha.ShouldNotBe(commit.Sha);
    }

    [Fact]
    public async Task An_empty_repository_says_so_and_is_read_once_it_has_a_commit()
    {
        var source = new SampleRepository(_folder.At("sample.git"));
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled));
        var sha = source.Commit("a.txt", "a");

        failure.Message.ShouldContain("no commits yet");
        (await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled)).Sha.ShouldBe(sha);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_a_fetch()
    {
        Source();
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled)));

        server.Requests.Count(request => request.Path.Contains("info/refs")).ShouldBeLessThan(6);
    }

    [Fact]
    public async Task Two_portals_on_one_data_folder_fetch_one_after_the_other()
    {
        Source();
        await using var server = await Serve();
        using var one = Outside.Allowing(server.Address);
        using var two = new Outside(one.Options, data: one.Data);
        var repository = Address(one, server);

        var commits = await Task.WhenAll(
            Enumerable.Range(0, 4).SelectMany(_ => new[] { one, two }).Select(outside => outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled)));

        commits.Select(commit => commit.Sha).Distinct().Count().ShouldBe(1);
        (await two.Repositories.Tree(commits[0], null, Cancelled)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_process_that_fetches_is_waited_for_and_its_death_frees_the_copy()
    {
        Source();
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);
        await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);
        var held = Directory.GetFiles(outside.Repositories.Folder, "*.lock").Single();
        using var other = System.Diagnostics.Process.Start("flock", [held, "sleep", "600"]);
        await Stagedoor.Testing.Waiting.Eventually.Be(
            () => Task.FromResult(Stagedoor.Sources.Git.CopyLock.TryTake(held[..^".lock".Length]) is not { } free || Freed(free)), "the other process holds the copy");
        server.Requests.Clear();

        var resolving = outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);
        await Task.Delay(300, Cancelled);
        var waited = !resolving.IsCompleted && server.Requests.IsEmpty;
        other.Kill(entireProcessTree: true);

        (await resolving).Sha.Length.ShouldBe(40);
        waited.ShouldBeTrue();

        static bool Freed(IDisposable free)
        {
            free.Dispose();
            return false;
        }
    }

    [Fact]
    public async Task A_damaged_copy_is_made_anew()
    {
        var source = Source();
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var repository = Address(outside, server);
        var commit = await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Directory.GetDirectories(outside.Repositories.Folder).Single(), "objects"), "*", SearchOption.AllDirectories))
        {
            new FileInfo(file).IsReadOnly = false;
            File.WriteAllText(file, "rubbish");
        }

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Tree(commit, null, Cancelled));
        var again = await outside.Repositories.Resolve(repository, null, TimeSpan.Zero, Cancelled);

        failure.IsPassing.ShouldBeTrue();
        Text(await outside.Repositories.Read(again, "catalog-info.yaml", Most, Cancelled)).ShouldBe("kind: First");
        again.Sha.ShouldBe(source.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task Links_and_submodules_are_told_and_not_followed_and_a_large_file_is_not_read()
    {
        var source = Source();
        File.CreateSymbolicLink(Path.Combine(source.Path, "link.yaml"), "/etc/passwd");
        source.Git("update-index", "--add", "--cacheinfo", $"160000,{source.Git("rev-parse", "HEAD")},module");
        source.Write("large.yaml", new string('x', 11 * 1024 * 1024));
        source.Git("add", "link.yaml", "large.yaml");
        source.Git("commit", "-q", "-m", "Odd things");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);

        var commit = await outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled);
        var tree = await outside.Repositories.Tree(commit, null, Cancelled);

        tree.ToDictionary(entry => entry.Path, entry => entry.Kind).ShouldBe(
            new Dictionary<string, RepositoryEntryKind>
            {
                ["catalog-info.yaml"] = RepositoryEntryKind.File, ["large.yaml"] = RepositoryEntryKind.File,
                ["link.yaml"] = RepositoryEntryKind.Link, ["module"] = RepositoryEntryKind.Submodule,
            },
            ignoreOrder: true);
        (await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Read(commit, "link.yaml", Most, Cancelled))).Message.ShouldContain("links are not followed");
        (await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Read(commit, "large.yaml", Most, Cancelled))).Message.ShouldContain("larger than 10 MB");
        var many = await outside.Repositories.ReadMany(commit, tree, Most, Cancelled).ToListAsync(Cancelled);
        many.Where(content => content.Content is null).Select(content => content.Entry.Path).ShouldBe(["large.yaml", "module"]);
    }

    [Fact]
    public async Task A_repository_larger_than_allowed_is_given_up()
    {
        var source = Source();
        var noise = new byte[24 * 1024 * 1024];
        Random.Shared.NextBytes(noise);
        File.WriteAllBytes(Path.Combine(source.Path, "noise.bin"), noise);
        source.Git("add", "-A");
        source.Git("commit", "-q", "-m", "Noise");
        await using var server = await LoopbackServer.Start(async context =>
        {
            // Slow enough to be looked at.
            await new GitServer(_folder.Path).Answer(context);
            await context.Response.Body.FlushAsync();
            await Task.Delay(context.Request.Path.Value!.EndsWith("upload-pack", StringComparison.Ordinal) ? 2500 : 0, CancellationToken.None);
        });
        using var outside = new Outside(new SourcesOptions
        {
            AllowedHosts = [server.Address.Authority], AllowPrivateAddresses = ["127.0.0.1"], Git = new GitOptions { MostMegabytes = 8 },
        });

        var failure = await Should.ThrowAsync<OutboundException>(() => outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled));

        failure.Message.ShouldContain("larger than 8 MB");
        Directory.GetDirectories(outside.Repositories.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task History_tells_who_changed_what()
    {
        var source = Source();
        var second = source.Commit("a/b.txt", "one\ntwo\n", "Add b");
        var third = source.Commit("catalog-info.yaml", "kind: Changed", "Change the first");
        await using var server = await Serve();
        using var outside = Outside.Allowing(server.Address);
        var commit = await outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled);

        var log = await outside.Repositories.Log(commit, null, 10, Cancelled);
        var ofFile = await outside.Repositories.Log(commit, "a/b.txt", 10, Cancelled);
        var last = await outside.Repositories.LastChanges(commit, ["a/b.txt", "catalog-info.yaml", "missing"], Cancelled);
        var blame = await outside.Repositories.Blame(commit, "a/b.txt", Cancelled);

        log.Select(entry => entry.Subject).ShouldBe(["Change the first", "Add b", "First"]);
        ofFile.Single().Sha.ShouldBe(second);
        last.ToDictionary(pair => pair.Key, pair => pair.Value.Sha).ShouldBe(
            new Dictionary<string, string> { ["a/b.txt"] = second, ["catalog-info.yaml"] = third }, ignoreOrder: true);
        blame.Select(line => (line.Line, line.Sha, line.Author, line.AuthorEmail)).ShouldBe(
            [(1, second, "Mae Albrecht", "mae@example.com"), (2, second, "Mae Albrecht", "mae@example.com")]);
    }

    [Fact]
    public async Task A_copy_that_nobody_used_for_long_is_deleted()
    {
        Source();
        await using var server = await Serve();
        var clock = new Stagedoor.Testing.Clock.ManualClock(DateTimeOffset.UtcNow);
        using var outside = new Outside(Outside.Allowing(server.Address).Options, clock);
        await outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled);
        var job = new Stagedoor.Plugins.JobContext("sources.evict-copies", clock.GetUtcNow(), byHand: false);

        await outside.Evict.Run(job, Cancelled);
        var kept = Directory.GetDirectories(outside.Repositories.Folder).Length;
        clock.Advance(TimeSpan.FromDays(31));
        await outside.Evict.Run(job, Cancelled);

        kept.ShouldBe(1);
        Directory.GetDirectories(outside.Repositories.Folder).ShouldBeEmpty();
        (await outside.Repositories.Resolve(Address(outside, server), null, TimeSpan.Zero, Cancelled)).Sha.Length.ShouldBe(40);
    }

    private SampleRepository Source()
    {
        var source = new SampleRepository(_folder.At("sample.git"));
        source.Commit("catalog-info.yaml", "kind: First", "First");
        return source;
    }

    private Task<LoopbackServer> Serve() => LoopbackServer.Start(new GitServer(_folder.Path).Answer);

    private static RepositoryAddress Address(Outside outside, LoopbackServer server) => outside.Repositories.Parse(server.At("/sample.git").AbsoluteUri);

    private static string? Text(ReadOnlyMemory<byte>? content) => content is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
