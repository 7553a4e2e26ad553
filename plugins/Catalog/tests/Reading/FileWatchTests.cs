using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class FileWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Readers _readers;
    private int _noticed;

    public FileWatchTests()
    {
        _folder.Write("catalog/a.yaml", "kind: A");
        _readers = new Readers(new FileRoots(_folder.Path, [_folder.At("catalog")]));
    }

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("catalog/a.yaml")]
    [InlineData("catalog/**/*.yaml")]
    public async Task A_change_is_noticed(string target)
    {
        using var watch = Watch(target);

        File.WriteAllText(_folder.At("catalog/a.yaml"), "kind: B");

        await Noticed();
    }

    [Fact]
    public async Task An_editor_that_writes_beside_and_renames_is_noticed()
    {
        using var watch = Watch("catalog/a.yaml");

        File.WriteAllText(_folder.At("catalog/.a.yaml.swp"), "kind: B");
        File.Move(_folder.At("catalog/.a.yaml.swp"), _folder.At("catalog/a.yaml"), overwrite: true);

        await Noticed();
    }

    [Fact]
    public async Task A_file_that_goes_and_one_that_comes_in_a_new_folder_are_noticed()
    {
        using var watch = Watch("catalog/**/*.yaml");

        File.Delete(_folder.At("catalog/a.yaml"));
        await Noticed();
        Interlocked.Exchange(ref _noticed, 0);
        Directory.CreateDirectory(_folder.At("fresh"));
        _folder.Write("fresh/b.yaml", "kind: B");
        Directory.Move(_folder.At("fresh"), _folder.At("catalog/fresh"));

        await Noticed();
    }

    [Fact]
    public async Task A_mounted_folder_that_is_switched_by_a_link_is_noticed()
    {
        _folder.Write("catalog/..one/a.yaml", "one");
        _folder.Write("catalog/..two/a.yaml", "two");
        File.Delete(_folder.At("catalog/a.yaml"));
        Directory.CreateSymbolicLink(_folder.At("catalog/..data"), "..one");
        File.CreateSymbolicLink(_folder.At("catalog/a.yaml"), "..data/a.yaml");
        using var watch = Watch("catalog/a.yaml");

        Directory.CreateSymbolicLink(_folder.At("catalog/..next"), "..two");
        await System.Diagnostics.Process.Start("mv", ["-T", _folder.At("catalog/..next"), _folder.At("catalog/..data")]).WaitForExitAsync(TestContext.Current.CancellationToken);

        await Noticed();
        (await _readers.File.Files("catalog/a.yaml")).Single().Text().ShouldBe("two");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_yet_is_watched_by_looking()
    {
        using var watch = Watch("catalog/later/*.yaml").ShouldBeOfType<FileWatch>();
        watch.IsPolling.ShouldBeTrue();

        _folder.Write("catalog/later/b.yaml", "kind: B");

        await Noticed();
    }

    [Fact]
    public async Task A_folder_that_is_replaced_is_still_watched()
    {
        _folder.Write("catalog/sub/a.yaml", "kind: A");
        using var watch = Watch("catalog/sub/*.yaml");

        Directory.Delete(_folder.At("catalog/sub"), recursive: true);
        await Noticed();
        Interlocked.Exchange(ref _noticed, 0);
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        _folder.Write("catalog/sub/b.yaml", "kind: B");

        await Noticed();
    }

    [Fact]
    public async Task What_does_not_concern_the_place_and_what_comes_after_the_end_is_not_told()
    {
        var watch = Watch("catalog/*.yaml");

        File.WriteAllText(_folder.At("catalog/readme.md"), "text");
        File.WriteAllText(_folder.At("catalog/readme.md"), "more text");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var ofOthers = Volatile.Read(ref _noticed);
        watch.Dispose();
        File.WriteAllText(_folder.At("catalog/a.yaml"), "kind: C");
        await Task.Delay(300, TestContext.Current.CancellationToken);

        ofOthers.ShouldBe(0);
        Volatile.Read(ref _noticed).ShouldBe(0);
    }

    [Fact]
    public void A_place_outside_is_not_watched() => _readers.File.Watch(new Place("file", "/etc/*.conf"), () => { }).ShouldBeNull();

    private IDisposable Watch(string target) =>
        _readers.File.Watch(new Place("file", target), () => Interlocked.Increment(ref _noticed)).ShouldNotBeNull();

    private Task Noticed() => Eventually.Be(() => Task.FromResult(Volatile.Read(ref _noticed) > 0), "the change is noticed");
}
