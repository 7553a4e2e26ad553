using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Reading.Patterns;
using Stagedoor.Catalog.Reading.Urls;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Files;

/// <summary>Reads files of this machine: one, those of a folder, or those that a pattern names; only below allowed folders.</summary>
internal sealed class FileReader(FileRoots roots, ReadingLimits limits, IAddressReading addresses, FolderWatches folders, TimeProvider time, ILoggerFactory logging) : IPlaceReader
{
    private readonly FileHashes _hashes = new(time);
    private readonly ILogger _log = logging.CreateLogger<FileReader>();

    public string Type => "file";

    public string? WhyNot(Place place)
    {
        if (place.Target.Length == 0 || place.Target.Contains('\0', StringComparison.Ordinal))
        {
            return "The target of a file location is a path, such as ./catalog-info.yaml or /srv/catalog/**/*.yaml.";
        }

        try
        {
            var target = FileTarget.Of(roots, place.Target);
            foreach (var pattern in target.Include)
            {
                Glob.Parse(pattern);
            }

            return roots.RootOf(target.FullPath) is null ? roots.WhyNot(target.FullPath) : null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    public Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken)
    {
        if (WhyNot(request.Place) is { } reason)
        {
            throw new PlaceException(reason, isGone: false);
        }

        var target = FileTarget.Of(roots, request.Place.Target);
        var found = target.Kind == FileTargetKind.File ? [One(target)] : Many(target, request, cancellationToken);
        return Task.FromResult(new PlaceReading(null, Unchanged: false, Contents(found, request.KnownHash, cancellationToken), []));
    }

    public async Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken)
    {
        if (Uri.TryCreate(relative, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return await addresses.Read(address!, cancellationToken);
        }

        var file = Place.Parse(fileTarget).Target;
        var path = Path.GetFullPath(relative, Path.GetDirectoryName(roots.Full(file))!);
        var around = roots.Around(roots.Full(file));
        if (around.RootOf(path) is null)
        {
            throw new PlaceException($"{relative} leads out of the folder that {file} was read from, {string.Join(", ", around.Allowed)}. Put it there.", isGone: false);
        }

        var outcome = await new StableFile(around, limits, time).Read(path, real: null, cancellationToken);
        return outcome.IsGone ? throw new PlaceException($"There is no file {path}.", isGone: true)
            : outcome.Problem is { } problem ? throw new PlaceException(problem, isGone: false)
            : outcome.Content;
    }

    public Place Resolve(string fileTarget, string relative)
    {
        var from = Place.Parse(fileTarget);
        return from.Type != Type
            ? throw new PlaceException($"{fileTarget} names {relative}, which is a file of this machine. Only configuration and files of this machine may do that.", isGone: false)
            : new Place(Type, Path.IsPathRooted(relative) ? relative : Path.GetFullPath(relative, Path.GetDirectoryName(roots.Full(from.Target))!));
    }

    public IDisposable? Watch(Place place, Action changed)
    {
        if (WhyNot(place) is not null)
        {
            return null;
        }

        var target = FileTarget.Of(roots, place.Target);
        return new FileWatch(target, () => Fingerprint(place), changed, folders, time, _log);
    }

    private FoundFile One(FileTarget target)
    {
        var file = new FileInfo(target.FullPath);
        if (file.Exists || file.LinkTarget is not null)
        {
            return new FoundFile(file.Name, file, Real: null, Reader: null);
        }

        RequireAbsence(target, target.FullPath);
        throw new PlaceException($"There is no file {target.FullPath}.", isGone: true);
    }

    private IReadOnlyList<FoundFile> Many(FileTarget target, PlaceRequest request, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(target.Folder))
        {
            RequireAbsence(target, target.Folder);
            throw new PlaceException($"There is no folder {target.Folder}.", isGone: true);
        }

        if (RealPath.Of(target.Folder) is { } real && !roots.Allows(real))
        {
            throw new PlaceException($"{target.Folder} leads to {real}. {roots.WhyNot(real)}", isGone: false);
        }

        // What a pattern names stands; for a folder, the place may say.
        var own = target.Kind == FileTargetKind.Pattern ? request with { Include = target.Include } : request;
        return new FolderWalk(roots, limits).Find(target.Folder, Selection.Of(own, target.Include), cancellationToken);
    }

    /// <summary>When the whole root is missing, a disk is not mounted rather than a file deleted; and what lies in a folder that may not be read only seems to be missing.</summary>
    private void RequireAbsence(FileTarget target, string path)
    {
        try
        {
            File.GetAttributes(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PlaceException($"{path} cannot be looked at: {e.Message} Let the user {Environment.UserName} read the folder it is in.", isGone: false, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // As it was told.
        }

        if (roots.RootOf(target.FullPath) is { } root && !Directory.Exists(roots.Full(root)))
        {
            throw new PlaceException($"The folder {root} cannot be reached. Is the disk mounted?", isGone: false);
        }
    }

    private async IAsyncEnumerable<PlaceFile> Contents(
        IReadOnlyList<FoundFile> found, Func<string, string?> knownHash, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reading = new StableFile(roots, limits, time);
        foreach (var file in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = new Place(Type, file.File.FullName).ToString();
            if (_hashes.Find(file.File) is { } unchanged && unchanged == knownHash(file.Path))
            {
                yield return new PlaceFile(file.Path, target, unchanged, null) { Reader = file.Reader };
                continue;
            }

            var outcome = await reading.Read(file.File.FullName, file.Real, cancellationToken);
            if (outcome.IsGone)
            {
                // Deleted since the folder was listed. Alone, that is the place; among others, one file less.
                continue;
            }

            if (outcome.Problem is { } problem)
            {
                yield return new PlaceFile(file.Path, target, ContentHash.OfProblem(problem), null) { Reader = file.Reader, Problem = problem };
                continue;
            }

            var hash = ContentHash.Of(outcome.Content.Span);
            _hashes.Remember(file.File, hash);
            yield return new PlaceFile(file.Path, target, hash, hash == knownHash(file.Path) ? (ReadOnlyMemory<byte>?)null : outcome.Content) { Reader = file.Reader };
        }
    }

    /// <summary>What is there, by names, sizes and times: for watching by looking again and again.</summary>
    private string Fingerprint(Place place)
    {
        var target = FileTarget.Of(roots, place.Target);
        var files = target.Kind == FileTargetKind.File ? [new FileInfo(target.FullPath)]
            : Directory.Exists(target.Folder) ? new FolderWalk(roots, limits)
                .Find(target.Folder, Selection.Of(new PlaceRequest(place, null, _ => null), target.Include), CancellationToken.None).Select(found => found.File)
            : [];
        var text = new System.Text.StringBuilder();
        foreach (var file in files)
        {
            var real = file.LinkTarget is null ? file : RealPath.Of(file.FullName) is { } path ? new FileInfo(path) : file;
            text.Append(file.FullName).Append('|').Append(real.Exists ? $"{real.Length}|{real.LastWriteTimeUtc.Ticks}" : "-").Append('\n');
        }

        return ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
    }
}
