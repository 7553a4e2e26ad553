using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Plugins;
using Stagedoor.Sources.Tests.Serving;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class FileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Readers _readers;

    public FileReaderTests() => _readers = new Readers(new FileRoots(_folder.Path, [_folder.At("catalog")]), limits: new ReadingLimits { MostBytes = 1024 * 1024 });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private FileReader Reader => _readers.File;

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("catalog/a.yaml")]
    [InlineData("./catalog/../catalog/a.yaml")]
    public async Task A_file_is_read_relative_to_the_base_folder(string target)
    {
        _folder.Write("catalog/a.yaml", "kind: A");

        var file = (await Reader.Files(target)).Single();

        file.Path.ShouldBe("a.yaml");
        file.Target.ShouldBe($"file:{_folder.At("catalog/a.yaml")}");
        file.Text().ShouldBe("kind: A");
    }

    [Fact]
    public async Task What_is_in_a_folder_that_cannot_be_read_is_not_gone()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "Whoever administers the machine reads every folder.");
        var folder = Directory.CreateDirectory(_folder.At("catalog/closed/inner")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "inner", "one.yaml"), "kind: A", Cancelled);
#pragma warning disable CA1416 // Not on Windows, as said above.
        File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            foreach (var target in new[] { _folder.At("catalog/**/*.yaml"), Path.Combine(folder, "inner", "one.yaml"), Path.Combine(folder, "inner") })
            {
                (await Should.ThrowAsync<PlaceException>(() => Reader.Files(target))).IsGone.ShouldBeFalse();
            }
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_pattern_reads_what_it_names_in_the_order_of_paths()
    {
        foreach (var path in new[] { "b/z.yaml", "b/a.yaml", "a.yaml", "B.yaml", "b.yaml", "b/note.md", ".git/config.yaml" })
        {
            _folder.Write($"catalog/{path}", path);
        }

        var files = await Reader.Files("catalog/**/*.yaml");

        files.Select(file => file.Path).ShouldBe(["B.yaml", "a.yaml", "b.yaml", "b/a.yaml", "b/z.yaml"]);
    }

    [Fact]
    public async Task A_folder_means_its_catalog_files()
    {
        _folder.Write("catalog/one/catalog-info.yaml", "one");
        _folder.Write("catalog/one/catalog-info.yml", "two");
        _folder.Write("catalog/one/other.yaml", "three");

        (await Reader.Files("catalog/one")).Select(file => file.Path).ShouldBe(["catalog-info.yaml", "catalog-info.yml"]);
    }

    [Fact]
    public async Task Include_exclude_and_descriptor_readers_choose_in_a_folder()
    {
        foreach (var path in new[] { "a/catalog-info.yaml", "b/catalog-info.yaml", "b/shuttle.yaml", "c/other.yaml" })
        {
            _folder.Write($"catalog/{path}", path);
        }

        var request = Reader.Request("catalog") with { Include = ["**/catalog-info.yaml"], Exclude = ["a/**"], DescriptorReaders = [new Shuttle()] };
        var files = await (await Reader.Read(request, Cancelled)).Files.ToListAsync(Cancelled);

        files.Select(file => (file.Path, file.Reader is Shuttle)).ShouldBe([("b/catalog-info.yaml", false), ("b/shuttle.yaml", true)]);
    }

    [Fact]
    public async Task What_is_known_is_not_handed_over_again()
    {
        var path = _folder.Write("catalog/a.yaml", "kind: A");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        var known = (await Reader.Files("catalog/*.yaml")).ToDictionary(file => file.Path, file => file.Hash);

        var again = (await Reader.Files("catalog/*.yaml", known)).Single();
        File.WriteAllText(path, "kind: B");
        var changed = (await Reader.Files("catalog/*.yaml", known)).Single();

        again.Content.ShouldBeNull();
        again.Hash.ShouldBe(known["a.yaml"]);
        changed.Text().ShouldBe("kind: B");
    }

    [Fact]
    public async Task A_file_that_was_just_written_with_what_is_known_is_not_handed_over_again()
    {
        var path = _folder.Write("catalog/a.yaml", "kind: A");
        var known = (await Reader.Files("catalog/*.yaml")).ToDictionary(file => file.Path, file => file.Hash);
        File.WriteAllText(path, "kind: A");

        (await Reader.Files("catalog/*.yaml", known)).Single().Content.ShouldBeNull();
    }

    [Fact]
    public async Task A_change_of_the_same_size_at_the_same_time_is_seen()
    {
        var path = _folder.Write("catalog/a.yaml", "kind: A");
        var known = (await Reader.Files("catalog/*.yaml")).ToDictionary(file => file.Path, file => file.Hash);
        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "kind: B");
        File.SetLastWriteTimeUtc(path, written);

        (await Reader.Files("catalog/*.yaml", known)).Single().Text().ShouldBe("kind: B");
    }

    [Theory]
    [InlineData("secret.yaml")]
    [InlineData("catalog/../secret.yaml")]
    [InlineData("catalog/../*.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("catalog-too/a.yaml")]
    public async Task Outside_of_the_roots_nothing_is_read(string target)
    {
        _folder.Write("secret.yaml", "secret");
        _folder.Write("catalog-too/a.yaml", "secret");

        Reader.WhyNot(new Place("file", target)).ShouldNotBeNull().ShouldContain("catalog.roots");
        var failure = await Should.ThrowAsync<PlaceException>(() => Reader.Files(target));
        failure.IsGone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_that_leads_outside_is_a_problem_and_one_that_stays_inside_is_read()
    {
        _folder.Write("secret/a.yaml", "secret");
        _folder.Write("catalog/real/a.yaml", "kind: A");
        File.CreateSymbolicLink(_folder.At("catalog/out.yaml"), _folder.At("secret/a.yaml"));
        File.CreateSymbolicLink(_folder.At("catalog/in.yaml"), _folder.At("catalog/real/a.yaml"));
        File.CreateSymbolicLink(_folder.At("catalog/nowhere.yaml"), _folder.At("catalog/missing.yaml"));
        Directory.CreateSymbolicLink(_folder.At("catalog/folder"), _folder.At("secret"));
        Directory.CreateSymbolicLink(_folder.At("catalog/real/circle"), _folder.At("catalog"));

        var files = (await Reader.Files("catalog/**/*.yaml")).ToDictionary(file => file.Path);

        files["in.yaml"].Text().ShouldBe("kind: A");
        files["out.yaml"].Content.ShouldBeNull();
        files["out.yaml"].Problem.ShouldNotBeNull().ShouldContain("catalog.roots");
        files["nowhere.yaml"].Problem.ShouldNotBeNull().ShouldContain("where there is nothing");
        files.Keys.ShouldNotContain(path => path.StartsWith("folder/"));
        files.Values.ShouldNotContain(file => file.Content != null && file.Text() == "secret");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_a_problem_of_that_file_only()
    {
        _folder.Write("catalog/a.yaml", "kind: A");
        _folder.Write("catalog/b.yaml", new string('x', 1024 * 1024 + 1));

        var files = await Reader.Files("catalog/*.yaml");

        files[0].Text().ShouldBe("kind: A");
        files[1].Problem.ShouldNotBeNull().ShouldContain("larger than 1 MB");
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        _folder.Write("catalog/a.yaml", "kind: A");
        System.Diagnostics.Process.Start("mkfifo", _folder.At("catalog/pipe.yaml")).WaitForExit();
        File.SetLastWriteTimeUtc(_folder.At("catalog/pipe.yaml"), DateTime.UtcNow.AddMinutes(-1));

        var files = await Reader.Files("catalog/*.yaml");

        files.Select(file => file.Path).ShouldBe(["a.yaml", "pipe.yaml"]);
        files[1].Text().ShouldBe("");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_gone_but_a_root_that_is_not_there_is_out_of_reach()
    {
        var before = await Should.ThrowAsync<PlaceException>(() => Reader.Files("catalog/a.yaml"));
        Directory.CreateDirectory(_folder.At("catalog"));
        var after = await Should.ThrowAsync<PlaceException>(() => Reader.Files("catalog/a.yaml"));

        before.IsGone.ShouldBeFalse();
        after.IsGone.ShouldBeTrue();
        after.Message.ShouldContain("There is no file");
    }

    [Fact]
    public async Task A_pattern_that_names_nothing_any_more_finds_nothing()
    {
        var path = _folder.Write("catalog/a.yaml", "kind: A");
        (await Reader.Files("catalog/*.yaml")).Count.ShouldBe(1);
        File.Delete(path);

        (await Reader.Files("catalog/*.yaml")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_being_written_is_read_when_it_is_whole()
    {
        var path = _folder.Write("catalog/a.yaml", "");
        var writing = Task.Run(
            async () =>
            {
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                for (var i = 0; i < 10; i++)
                {
                    await file.WriteAsync("0123456789"u8.ToArray(), Cancelled);
                    await file.FlushAsync(Cancelled);
                }
            },
            Cancelled);

        var file = (await Reader.Files("catalog/a.yaml")).Single();
        await writing;

        (file.Text().Length % 10).ShouldBe(0);
        file.Text().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_file_names_others_beside_it_but_none_outside()
    {
        var from = $"file:{_folder.Write("catalog/a/one.yaml", "one")}";
        _folder.Write("catalog/b/text.md", "text");
        _folder.Write("secret.md", "secret");
        File.CreateSymbolicLink(_folder.At("catalog/a/link.md"), _folder.At("secret.md"));

        var beside = await Reader.ReadBeside(from, "../b/text.md", Cancelled);

        System.Text.Encoding.UTF8.GetString(beside.Span).ShouldBe("text");
        (await Should.ThrowAsync<PlaceException>(() => Reader.ReadBeside(from, "missing.md", Cancelled))).IsGone.ShouldBeTrue();
        foreach (var outside in new[] { "../../secret.md", "/etc/passwd", "link.md" })
        {
            (await Should.ThrowAsync<PlaceException>(() => Reader.ReadBeside(from, outside, Cancelled))).IsGone.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_location_resolves_beside_its_file_and_an_address_names_no_files()
    {
        var from = $"file:{_folder.At("catalog/all.yaml")}";

        Reader.Resolve(from, "./sub/*.yaml").Target.ShouldBe(_folder.At("catalog/sub/*.yaml"));
        Reader.Resolve(from, "/etc/x.yaml").Target.ShouldBe("/etc/x.yaml");
        Should.Throw<PlaceException>(() => Reader.Resolve("url:https://example.com/all.yaml", "/etc/passwd")).Message.ShouldContain("Only configuration");
    }

    private sealed class Shuttle : IDescriptorReader
    {
        public IReadOnlyList<string> Patterns => ["**/shuttle.yaml"];

        public int Version => 1;

        public DescriptorReading Read(DescriptorFile file) => new([], []);
    }
}
