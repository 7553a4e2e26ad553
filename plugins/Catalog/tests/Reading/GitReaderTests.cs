using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class GitReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Readers _readers;

    public GitReaderTests() => _readers = new Readers(
        new FileRoots(_folder.Path, [_folder.At("lists")]), new SourcesOptions { Roots = [_folder.At("repos")] });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_catalog_files_of_a_repository_are_read_with_who_changed_them()
    {
        var source = Repository("one");
        var first = source.Commit("catalog-info.yaml", "kind: A");
        var second = source.Commit("services/b/catalog-info.yml", "kind: B");
        source.Commit("services/b/other.yaml", "kind: Other");

        var reading = await _readers.Git.Read(_readers.Git.Request(source.Url), Cancelled);
        var files = await reading.Files.ToListAsync(Cancelled);

        files.Select(file => (file.Path, file.Text(), file.Commit, file.Author)).ShouldBe(
            [("catalog-info.yaml", "kind: A", first, "Mae Albrecht"), ("services/b/catalog-info.yml", "kind: B", second, "Mae Albrecht")]);
        files[1].Target.ShouldBe($"git:{source.Url}?ref=main&path=services/b/catalog-info.yml");
        reading.Version.ShouldNotBeNull().ShouldStartWith(source.Git("rev-parse", "HEAD"));
    }

    [Fact]
    public async Task An_unchanged_repository_is_not_read_and_a_changed_one_only_where_it_changed()
    {
        var source = Repository("one");
        source.Commit("a/catalog-info.yaml", "kind: A");
        source.Commit("b/catalog-info.yaml", "kind: B");
        var first = await _readers.Git.Read(_readers.Git.Request(source.Url), Cancelled);
        var known = (await first.Files.ToListAsync(Cancelled)).ToDictionary(file => file.Path, file => file.Hash);

        var again = await _readers.Git.Read(_readers.Git.Request(source.Url, first.Version, known), Cancelled);
        source.Commit("b/catalog-info.yaml", "kind: C");
        var changed = await _readers.Git.Read(_readers.Git.Request(source.Url, first.Version, known), Cancelled);
        var others = await _readers.Git.Read(_readers.Git.Request(source.Url, changed.Version, known) with { Exclude = ["a/**"] }, Cancelled);

        again.Unchanged.ShouldBeTrue();
        (await changed.Files.ToListAsync(Cancelled)).Select(file => (file.Path, file.Content is null)).ShouldBe([("a/catalog-info.yaml", true), ("b/catalog-info.yaml", false)]);
        others.Unchanged.ShouldBeFalse();
        (await others.Files.ToListAsync(Cancelled)).Select(file => file.Path).ShouldBe(["b/catalog-info.yaml"]);
    }

    [Fact]
    public async Task A_branch_and_a_path_choose_what_is_read()
    {
        var source = Repository("one");
        source.Commit("a/catalog-info.yaml", "kind: Main");
        source.Git("checkout", "-q", "-b", "feature/two");
        source.Commit("a/catalog-info.yaml", "kind: Feature");
        source.Commit("a/more.yaml", "kind: More");

        var files = await _readers.Git.Files($"{source.Url}?ref=feature/two&path=a/*.yaml");
        var folder = await _readers.Git.Files($"{source.Url}?ref=main&path=a");

        files.Select(file => file.Text()).ShouldBe(["kind: Feature", "kind: More"]);
        files[0].Target.ShouldBe($"git:{source.Url}?ref=feature/two&path=a/catalog-info.yaml");
        folder.Select(file => file.Text()).ShouldBe(["kind: Main"]);
    }

    [Fact]
    public async Task Descriptor_readers_find_their_files_and_links_are_a_problem()
    {
        var source = Repository("one");
        File.CreateSymbolicLink(Path.Combine(source.Path, "catalog-info.yaml"), "/etc/passwd");
        source.Commit("deep/down/shuttle.yaml", "plan: x");

        var request = _readers.Git.Request(source.Url) with { DescriptorReaders = [new Shuttle()] };
        var files = await (await _readers.Git.Read(request, Cancelled)).Files.ToListAsync(Cancelled);

        files.Select(file => (file.Path, file.Reader is Shuttle, file.Problem is null)).ShouldBe(
            [("catalog-info.yaml", false, false), ("deep/down/shuttle.yaml", true, true)]);
        files[0].Content.ShouldBeNull();
    }

    [Fact]
    public async Task A_branch_that_is_deleted_is_gone_and_an_empty_repository_is_not()
    {
        var source = Repository("one");
        source.Commit("catalog-info.yaml", "kind: A");
        var empty = Repository("empty");

        (await Should.ThrowAsync<PlaceException>(() => _readers.Git.Files($"{source.Url}?ref=other"))).IsGone.ShouldBeTrue();
        (await Should.ThrowAsync<PlaceException>(() => _readers.Git.Files($"{source.Url}?path=missing.yaml"))).IsGone.ShouldBeTrue();
        (await Should.ThrowAsync<PlaceException>(() => _readers.Git.Files($"file://{_folder.At("repos/missing")}"))).IsGone.ShouldBeTrue();
        (await Should.ThrowAsync<PlaceException>(() => _readers.Git.Files(empty.Url))).IsGone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_repository_whose_catalog_files_were_all_deleted_has_none()
    {
        var source = Repository("one");
        source.Commit("catalog-info.yaml", "kind: A");
        source.Git("rm", "-q", "catalog-info.yaml");
        source.Git("commit", "-q", "-m", "Gone");

        (await _readers.Git.Files(source.Url)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_names_others_of_its_repository_only()
    {
        var source = Repository("one");
        source.Write("docs/text.md", "text");
        source.Commit("a/catalog-info.yaml", "kind: A");
        var from = (await _readers.Git.Files(source.Url)).Single().Target;

        var beside = await _readers.Git.ReadBeside(from, "../docs/text.md", Cancelled);

        System.Text.Encoding.UTF8.GetString(beside.Span).ShouldBe("text");
        _readers.Git.Resolve(from, "./b.yaml").ToString().ShouldBe($"git:{source.Url}?ref=main&path=a/b.yaml");
        foreach (var outside in new[] { "../../x", "https://example.com/x", "file:///etc/passwd" })
        {
            (await Should.ThrowAsync<PlaceException>(() => _readers.Git.ReadBeside(from, outside, Cancelled))).IsGone.ShouldBeFalse();
        }

        Should.Throw<PlaceException>(() => _readers.Git.Resolve("url:https://example.com/a.yaml", source.Url)).Message.ShouldContain("on this machine");
    }

    [Theory]
    [InlineData("file:///etc")]
    [InlineData("https://elsewhere.example.com/a.git")]
    [InlineData("https://elsewhere.example.com/a.git?branch=main")]
    [InlineData("ext::sh -c x")]
    public void What_cannot_be_right_is_told_before_reading(string target) => _readers.Git.WhyNot(new Place("git", target)).ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task A_commit_to_a_repository_of_this_machine_is_noticed()
    {
        var source = Repository("one");
        source.Commit("catalog-info.yaml", "kind: A");
        var noticed = 0;
        using var watch = _readers.Git.Watch(new Place("git", source.Url), () => Interlocked.Increment(ref noticed)).ShouldNotBeNull();

        source.Commit("catalog-info.yaml", "kind: B");

        await Eventually.Be(() => Task.FromResult(Volatile.Read(ref noticed) > 0), "the commit is noticed");
    }

    [Fact]
    public async Task A_folder_stands_for_its_repositories()
    {
        Repository("b");
        Repository("a");
        Directory.CreateDirectory(_folder.At("repos/none"));

        var reading = await _readers.Folder.Read(_readers.Folder.Request(_folder.At("repos")), Cancelled);

        reading.Places.Select(place => place.ToString()).ShouldBe([$"git:file://{_folder.At("repos/a")}", $"git:file://{_folder.At("repos/b")}"]);
        _readers.Folder.WhyNot(new Place("git-folder", "/etc")).ShouldNotBeNull();
        (await Should.ThrowAsync<PlaceException>(() => _readers.Folder.Read(_readers.Folder.Request(_folder.At("repos/missing")), Cancelled))).IsGone.ShouldBeTrue();
    }

    [Theory]
    [InlineData("# all of them\n{0}/a\n\n{0}/b?ref=main  # the second\n{0}/a\n")]
    [InlineData("---\n- {0}/a\n- \"{0}/b?ref=main\"\n")]
    [InlineData("\uFEFF{0}/a\r\n{0}/b?ref=main\r\n")]
    public async Task A_list_stands_for_the_repositories_it_names(string list)
    {
        var root = $"file://{_folder.At("repos")}";
        _folder.Write("lists/all.txt", list.Replace("{0}", root, StringComparison.Ordinal));

        var reading = await _readers.List.Read(_readers.List.Request("lists/all.txt"), Cancelled);

        reading.Places.Select(place => place.ToString()).ShouldBe([$"git:{root}/a", $"git:{root}/b?ref=main"]);
    }

    [Fact]
    public async Task A_list_with_a_mistake_names_its_line_and_changes_nothing()
    {
        _folder.Write("lists/all.txt", "https://example.com/a.git\nnonsense\n");

        var failure = await Should.ThrowAsync<PlaceException>(() => _readers.List.Read(_readers.List.Request("lists/all.txt"), Cancelled));

        failure.IsGone.ShouldBeFalse();
        failure.Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task A_list_elsewhere_names_no_repository_of_this_machine()
    {
        await using var server = await LoopbackServer.Start(context => context.Response.Body.WriteAsync("file:///srv/secret\n"u8.ToArray()).AsTask());
        using var readers = new Readers(options: Outside.Allowing(server.Address).Options);

        var failure = await Should.ThrowAsync<PlaceException>(() => readers.List.Read(readers.List.Request(server.At("/list").AbsoluteUri), Cancelled));

        failure.Message.ShouldContain("on this machine");
    }

    private SampleRepository Repository(string name) => new(_folder.At($"repos/{name}"));

    private sealed class Shuttle : IDescriptorReader
    {
        public IReadOnlyList<string> Patterns => ["**/shuttle.yaml"];

        public int Version => 1;

        public DescriptorReading Read(DescriptorFile file) => new([], []);
    }
}
