using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Reading;

/// <summary>Reads places of one type: files of this machine, addresses, repositories.</summary>
internal interface IPlaceReader
{
    /// <summary>What stands before the colon of a location reference: <c>file</c>, <c>url</c>, <c>git</c>.</summary>
    string Type { get; }

    /// <summary>Says why a target cannot be right, before anything is read; nothing if it can.</summary>
    string? WhyNot(Place place);

    /// <exception cref="PlaceException">It cannot be read now; what is known of it stays.</exception>
    Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a file that another one names: the target of a Location entity or a placeholder, relative to the file it
    /// stands in or absolute. It may not leave the folder, repository or host that the file itself came from.
    /// </summary>
    /// <exception cref="PlaceException">It cannot be read, or may not be.</exception>
    Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken);

    /// <summary>The place that a Location entity in a file, which may be of another type, means by a target of this reader's type.</summary>
    /// <exception cref="PlaceException">Such a file may not name such a place: an address outside may not name files of this machine.</exception>
    Place Resolve(string fileTarget, string relative);

    /// <summary>Calls back soon after something of the place has changed; nothing if such a place cannot be watched.</summary>
    IDisposable? Watch(Place place, Action changed);
}

/// <summary>Somewhere entities are read from. As text it is a location reference, <c>type:target</c>.</summary>
internal sealed record Place(string Type, string Target)
{
    public override string ToString() => $"{Type}:{Target}";

    /// <exception cref="FormatException">It is not a location reference.</exception>
    public static Place Parse(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < reference.Length - 1
            ? new Place(reference[..colon], reference[(colon + 1)..])
            : throw new FormatException($"'{reference}' is not a location reference. Write type:target, for example url:https://example.com/catalog-info.yaml.");
    }
}

/// <summary>What to read, and what is known of it.</summary>
/// <param name="KnownVersion">The version of the last reading (an ETag, a commit); nothing to read it in any case.</param>
/// <param name="KnownHash">The hash of a file by its path, as of the last reading.</param>
internal sealed record PlaceRequest(Place Place, string? KnownVersion, Func<string, string?> KnownHash)
{
    /// <summary>Glob patterns of the files to read in a place that holds many; by default <c>catalog-info.yaml</c> and <c>catalog-info.yml</c>, in any folder of a repository.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>How old the portal's copy of a repository may be without being fetched anew.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>Readers of files that are not catalog files.</summary>
    public IReadOnlyList<IDescriptorReader> DescriptorReaders { get; init; } = [];
}

/// <summary>What was found.</summary>
/// <param name="Version">To be known the next time.</param>
/// <param name="Unchanged">The version is the known one; there is nothing else to tell.</param>
/// <param name="Files">All files, in the order of their paths; read while it is enumerated.</param>
/// <param name="Places">Places that this one stands for, such as the repositories of a folder.</param>
internal sealed record PlaceReading(string? Version, bool Unchanged, IAsyncEnumerable<PlaceFile> Files, IReadOnlyList<Place> Places);

/// <summary>A file of a place.</summary>
/// <param name="Path">Unique in the place: relative to it.</param>
/// <param name="Target">Its own location reference, such as <c>url:https://…/catalog-info.yaml</c>.</param>
/// <param name="Content">Nothing, if the hash is the known one.</param>
/// <param name="Problem">Why it could not be read, although it is there: too large, a link that leads outside.</param>
internal sealed record PlaceFile(string Path, string Target, string Hash, ReadOnlyMemory<byte>? Content)
{
    public string? Problem { get; init; }

    public string? Commit { get; init; }

    public string? Author { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The reader for it, if it is not a catalog file.</summary>
    public IDescriptorReader? Reader { get; init; }
}

/// <summary>A place cannot be read.</summary>
/// <param name="isGone">It is certain that it is not there (404, no such file), rather than out of reach.</param>
internal sealed class PlaceException(string message, bool isGone, Exception? inner = null) : Exception(message, inner)
{
    public bool IsGone { get; } = isGone;
}
