using Stagedoor.Sources.Git;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Sources.Tests.Git;

/// <summary>In which languages a folder is written, and by whom.</summary>
public sealed class LanguagesAndContributorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Outside _outside;

    public LanguagesAndContributorsTests() => _outside = new Outside(new SourcesOptions { Roots = [_folder.At("repos")] });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _outside.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Bytes_count_by_language_without_what_others_wrote_or_a_build_made()
    {
        var shares = LanguageCount.Of(
            [
                File("src/Main.go", 300), File("src/b.GO", 100), File("schema.sql", 50), File("README.md", 5000), File("vendor/x/y.go", 9000), File("web/node_modules/a.js", 9000), File("web/app.min.js", 9000),
                File("api/v1.pb.go", 9000), File("package-lock.json", 9000), File("Dockerfile", 20), File("noextension", 10), File(".hidden", 10), File("link.go", 10, RepositoryEntryKind.Link),
            ],
            under: null);

        shares.ShouldBe([new("Go", 400), new("SQL", 50), new("Dockerfile", 20)]);
    }

    [Fact]
    public void Data_and_texts_count_where_there_is_nothing_else_and_the_folder_itself_may_be_called_anything()
    {
        LanguageCount.Of([File("a.yaml", 10), File("b.md", 30)], under: null).ShouldBe([new("Markdown", 30), new("YAML", 10)]);
        LanguageCount.Of([File("build/tool/main.rs", 10)], under: "build/tool").ShouldBe([new("Rust", 10)]);
        LanguageCount.Of([], under: null).ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_who_committed_below_a_folder_are_told_by_their_mail_with_the_most_commits_first()
    {
        var source = new SampleRepository(_folder.At("repos/one"));
        source.Commit("a/1.txt", "1");
        As(source, "Kim", "kim@example.com", "a/2.txt");
        As(source, "Kim Holm", "KIM@example.com", "a/3.txt");
        As(source, "Idris", "idris@example.com", "b/1.txt");
        var commit = await _outside.Repositories.Resolve(_outside.Repositories.Parse(source.Url), null, TimeSpan.Zero, Cancelled);

        var below = await _outside.Repositories.Contributors(commit, "a", 10, Cancelled);
        var all = await _outside.Repositories.Contributors(commit, null, 2, Cancelled);
        var nowhere = await _outside.Repositories.Contributors(commit, "nowhere", 10, Cancelled);

        below.Select(one => (one.Name, one.Commits)).ShouldBe([("Kim Holm", 2), ("Mae Albrecht", 1)]);
        all.Count.ShouldBe(2);
        nowhere.ShouldBeEmpty();
    }

    private static void As(SampleRepository repository, string name, string mail, string path)
    {
        repository.Write(path, path);
        repository.Git("add", "-A");
        repository.Git("commit", "-q", "-m", "A change", $"--author={name} <{mail}>");
    }

    private static RepositoryEntry File(string path, long size, RepositoryEntryKind kind = RepositoryEntryKind.File) => new(path, new string('0', 40), size, kind);
}
