using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Testing.Waiting;
using Xunit;

namespace Stagedoor.Catalog.Tests.Reading;

public sealed class FolderWatchesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("stagedoor-watches-").FullName;
    private readonly FolderWatches _watches = new(TimeProvider.System, NullLogger<FolderWatches>.Instance);

    [Fact]
    public async Task A_watch_that_reaches_deep_serves_the_folders_below_it()
    {
        var below = Directory.CreateDirectory(Path.Combine(_root, "a", "b")).FullName;
        var (above, deep) = (new List<string>(), new List<string>());
        using var first = _watches.Subscribe(_root, deep: true, (path, _) => Add(above, path), _ => { });
        using var second = _watches.Subscribe(below, deep: false, (path, _) => Add(deep, path), _ => { });

        await File.WriteAllTextAsync(Path.Combine(below, "c.yaml"), "x", TestContext.Current.CancellationToken);

        await Eventually.Be(() => Has(above, "c.yaml") && Has(deep, "c.yaml"), "both hear of the file");
    }

    [Fact]
    public void There_are_never_more_watches_than_a_system_can_spare()
    {
        var folders = Enumerable.Range(0, 200).Select(i => Directory.CreateDirectory(Path.Combine(_root, $"{i}")).FullName).ToList();

        var given = folders.Count(folder => _watches.Subscribe(folder, deep: false, (_, _) => { }, _ => { }) is not null);

        given.ShouldBeInRange(1, 48);
    }

    [Fact]
    public async Task A_folder_that_is_taken_away_is_told_to_all_who_watch_it()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "gone")).FullName;
        var lost = 0;
        _watches.Subscribe(folder, deep: true, (_, _) => { }, _ => Interlocked.Increment(ref lost)).ShouldNotBeNull();
        _watches.Subscribe(folder, deep: false, (_, _) => { }, _ => Interlocked.Increment(ref lost)).ShouldNotBeNull();

        Directory.Delete(folder);

        await Eventually.Be(() => Volatile.Read(ref lost) == 2, "both hear that it is gone");
    }

    public void Dispose()
    {
        _watches.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private static void Add(List<string> to, string path)
    {
        lock (to)
        {
            to.Add(path);
        }
    }

    private static bool Has(List<string> seen, string name)
    {
        lock (seen)
        {
            return seen.Exists(path => Path.GetFileName(path) == name);
        }
    }
}
