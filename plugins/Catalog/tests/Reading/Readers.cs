using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Reading;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Catalog.Reading.Git;
using Stagedoor.Catalog.Reading.Urls;
using Stagedoor.Sources;
using Stagedoor.Sources.Tests.Serving;
using Stagedoor.Testing.Logging;

namespace Stagedoor.Catalog.Tests.Reading;

/// <summary>The readers of all types, over the real things.</summary>
internal sealed class Readers : IDisposable
{
    private readonly ILoggerFactory _logging = LoggerFactory.Create(logging => logging.AddTestOutput());

    public Readers(FileRoots? roots = null, SourcesOptions? options = null, ReadingLimits? limits = null)
    {
        limits ??= new ReadingLimits();
        Folders = new FolderWatches(TimeProvider.System, _logging.CreateLogger<FolderWatches>());
        Outside = new Outside(options ?? new SourcesOptions());
        var reading = new RepositoryReading(Outside.Repositories, limits);
        Url = new UrlReader(Outside.Http, Outside.Repositories, reading, limits);
        File = new FileReader(roots ?? new FileRoots("/", []), limits, Url, Folders, TimeProvider.System, _logging);
        Git = new GitReader(Outside.Repositories, reading);
        Folder = new GitFolderReader(Outside.Repositories, TimeProvider.System);
        List = new GitListReader(File, Url, Outside.Repositories);
    }

    public Outside Outside { get; }

    public FolderWatches Folders { get; }

    public UrlReader Url { get; }

    public FileReader File { get; }

    public GitReader Git { get; }

    public GitFolderReader Folder { get; }

    public GitListReader List { get; }

    public void Dispose()
    {
        Folders.Dispose();
        Outside.Dispose();
        _logging.Dispose();
    }
}

/// <summary>Short ways to read in tests.</summary>
internal static class Asking
{
    public static async Task<List<PlaceFile>> Files(this IPlaceReader reader, string target, IReadOnlyDictionary<string, string>? known = null)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var reading = await reader.Read(reader.Request(target, known: known), cancelled);
        return await reading.Files.ToListAsync(cancelled);
    }

    public static PlaceRequest Request(this IPlaceReader reader, string target, string? version = null, IReadOnlyDictionary<string, string>? known = null) =>
        new(new Place(reader.Type, target), version, path => known?.GetValueOrDefault(path));

    public static string Text(this PlaceFile file) => System.Text.Encoding.UTF8.GetString(file.Content!.Value.Span);
}
