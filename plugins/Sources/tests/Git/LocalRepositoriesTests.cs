using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Sources.Tests.Git;

/// <summary>Repositories of this machine, read where they are.</summary>
public sealed class LocalRepositoriesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Outside _outside;

    public LocalRepositoriesTests() => _outside = new Outside(new SourcesOptions { Roots = [_folder.At("repos")] });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _outside.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_working_tree_is_read_from_its_own_repository_without_a_copy()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        source.Commit("catalog-info.yaml", "kind: Committed");
        source.Write("catalog-info.yaml", "kind: Not yet");

        var commit = await _outside.Repositories.Resolve(_outside.Repositories.Parse(source.Url), null, TimeSpan.Zero, Cancelled);
        var content = await _outside.Repositories.Read(commit, "catalog-info.yaml", 1000, Cancelled);

        System.Text.Encoding.UTF8.GetString(content!.Value.Span).ShouldBe("kind: Committed");
        Directory.Exists(_outside.Repositories.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_worktree_and_a_bare_repository_are_read_too()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        var sha = source.Commit("a.txt", "a");
        source.Git("worktree", "add", "-q", "-b", "side", _folder.At("repos/side"));
        source.Git("clone", "-q", "--bare", source.Path, _folder.At("repos/bare.git"));

        foreach (var name in new[] { "side", "bare.git" })
        {
            var commit = await _outside.Repositories.Resolve(_outside.Repositories.Parse($"file://{_folder.At($"repos/{name}")}"), null, TimeSpan.Zero, Cancelled);
            commit.Sha.ShouldBe(sha);
            (await _outside.Repositories.Tree(commit, null, Cancelled)).Single().Path.ShouldBe("a.txt");
        }
    }

    [Fact]
    public void Outside_of_the_roots_nothing_is_read_by_whatever_way()
    {
        var secret = new SampleRepository(_folder.At("secret"));
        secret.Commit("a.txt", "a");
        Directory.CreateDirectory(_folder.At("repos"));
        Directory.CreateSymbolicLink(_folder.At("repos/link"), secret.Path);
        _folder.Write("repos/file/.git", $"gitdir: {secret.Path}/.git\n");

        string[] addresses = [secret.Url, $"file://{_folder.At("repos")}/../secret", $"file://{_folder.At("repos/link")}", $"file://{_folder.At("repos/file")}"];

        foreach (var address in addresses)
        {
            var failure = Should.Throw<OutboundException>(() => _outside.Repositories.Resolve(_outside.Repositories.Parse(address), null, TimeSpan.Zero, Cancelled));
            failure.Message.ShouldContain("sources.roots");
        }

        _outside.Repositories.InFolder(_folder.At("repos")).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_tells_its_repositories_in_order()
    {
        new SampleRepository(_folder.At("repos/b")).Commit("a.txt", "a");
        _ = new SampleRepository(_folder.At("repos/a.git"), isBare: true);
        _folder.Write("repos/c/readme.txt", "no repository");

        var found = _outside.Repositories.InFolder(_folder.At("repos"));

        found.Select(repository => repository.Url).ShouldBe([$"file://{_folder.At("repos/a.git")}", $"file://{_folder.At("repos/b")}"]);
    }

    [Fact]
    public async Task What_a_repository_configures_is_not_run()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        source.Commit("a.txt", "a");
        var mark = _folder.At("pwned");
        _folder.Write("evil.sh", $"#!/bin/sh\ntouch {mark}\ncat\n");
        foreach (var key in new[] { "core.fsmonitor", "core.pager", "diff.external", "log.showSignature", "gpg.program", "core.sshCommand", "uploadpack.packObjectsHook", "core.editor", "core.alternateRefsCommand" })
        {
            source.Git("config", key, key == "log.showSignature" ? "true" : $"sh {_folder.At("evil.sh")}");
        }

        var commit = await _outside.Repositories.Resolve(_outside.Repositories.Parse(source.Url), null, TimeSpan.Zero, Cancelled);
        await _outside.Repositories.Tree(commit, null, Cancelled);
        await _outside.Repositories.Log(commit, "a.txt", 5, Cancelled);
        await _outside.Repositories.LastChanges(commit, ["a.txt"], Cancelled);
        await _outside.Repositories.Blame(commit, "a.txt", Cancelled);

        File.Exists(mark).ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_is_noticed()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        source.Commit("a.txt", "a");
        var noticed = 0;
        using var watch = _outside.Repositories.Watch(_outside.Repositories.Parse(source.Url), () => Interlocked.Increment(ref noticed)).ShouldNotBeNull();

        source.Commit("a.txt", "b");

        await Eventually.Be(() => Task.FromResult(Volatile.Read(ref noticed) > 0), "the commit is noticed");
    }

    [Fact]
    public async Task Many_repositories_are_read_with_few_gits_left_and_each_again()
    {
        for (var i = 0; i < 40; i++)
        {
            new SampleRepository(_folder.At($"repos/r{i:00}")).Commit("a.txt", $"{i}");
        }

        for (var round = 0; round < 2; round++)
        {
            foreach (var repository in _outside.Repositories.InFolder(_folder.At("repos")))
            {
                var commit = await _outside.Repositories.Resolve(repository, "main", TimeSpan.Zero, Cancelled);
                var content = await _outside.Repositories.Read(commit, "a.txt", 1000, Cancelled);
                System.Text.Encoding.UTF8.GetString(content!.Value.Span).ShouldBe($"{int.Parse(repository.Url[^2..])}");
            }
        }

        _outside.Repositories.Gits.ShouldBeLessThanOrEqualTo(32);
    }

    [Fact]
    public async Task A_thousand_files_are_read_by_one_git()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        for (var i = 0; i < 1000; i++)
        {
            source.Write($"f{i:0000}.yaml", $"name: {i}");
        }

        source.Commit("last.yaml", "name: last");
        var commit = await _outside.Repositories.Resolve(_outside.Repositories.Parse(source.Url), null, TimeSpan.Zero, Cancelled);
        var tree = await _outside.Repositories.Tree(commit, null, Cancelled);

        var contents = await _outside.Repositories.ReadMany(commit, tree, 1000, Cancelled).ToListAsync(Cancelled);

        contents.Count.ShouldBe(1001);
        System.Text.Encoding.UTF8.GetString(contents[999].Content!.Value.Span).ShouldBe("name: 999");
    }
}
