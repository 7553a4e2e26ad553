using Stagedoor.Catalog.Reading.Git;
using Stagedoor.Catalog.Reading.Patterns;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Urls;

/// <summary>Reads addresses: over HTTP, or out of the repository when it is a file of a code host that is set up for git.</summary>
internal sealed class UrlReader(IOutboundHttp http, IRepositories repositories, RepositoryReading reading, ReadingLimits limits) : IPlaceReader, IAddressReading
{
    public string Type => "url";

    public string? WhyNot(Place place)
    {
        if (!IsAddress(place.Target, out var address))
        {
            return $"'{place.Target}' is not an address. Write one that begins with https://, such as https://example.com/catalog-info.yaml.";
        }

        var located = repositories.Locate(address);
        if (located is not null && repositories.ReadsByGit(located.Repository))
        {
            return repositories.WhyNot(located.Repository);
        }

        return Glob.IsPattern(Uri.UnescapeDataString(address.AbsolutePath))
            ? $"{place.Target} is a pattern, and only the files of a repository can be found by one. Add {address.Host} to sources.hosts, so that it is read by git."
            : http.WhyNot(Plain(address, located));
    }

    public async Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken)
    {
        if (WhyNot(request.Place) is { } reason)
        {
            throw new PlaceException(reason, isGone: false);
        }

        var address = new Uri(request.Place.Target);
        var located = repositories.Locate(address);
        if (located is not null && repositories.ReadsByGit(located.Repository))
        {
            return await reading.Read(located, request, cancellationToken);
        }

        var known = KnownVersion.Parse(request.KnownVersion);
        var response = await Get(
            Plain(address, located),
            new OutboundRequest { MostBytes = limits.MostBytes, IfNoneMatch = known.Etag, IfModifiedSince = known.LastModified },
            cancellationToken);
        if (response.Status == 304 && known == default)
        {
            throw new PlaceException($"{address.Host} says that {address} has not changed, although it was not asked that.", isGone: false);
        }

        if (response.Status == 304)
        {
            return new PlaceReading(request.KnownVersion, Unchanged: true, Nothing(), []);
        }

        var path = address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];
        var hash = ContentHash.Of(response.Body.Span);
        var file = new PlaceFile(path, request.Place.ToString(), hash, hash == request.KnownHash(path) ? (ReadOnlyMemory<byte>?)null : response.Body);
        return new PlaceReading(KnownVersion.Of(response), Unchanged: false, One(file), []);
    }

    public async Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken)
    {
        var from = new Uri(Place.Parse(fileTarget).Target);
        var beside = new Uri(Beside(from.OriginalString, relative).Target);
        var (mine, its) = (repositories.Locate(from)?.Repository, repositories.Locate(beside)?.Repository);
        if (mine != its)
        {
            throw new PlaceException(
                $"{fileTarget} names {beside}, which is in {its?.ToString() ?? "no repository"}. A file of a repository may only name files of its own repository, and other files none of a repository.", isGone: false);
        }

        if (mine is not null)
        {
            return await Read(beside, cancellationToken);
        }

        if (!string.Equals(beside.Authority, from.Authority, StringComparison.OrdinalIgnoreCase) || beside.Scheme != from.Scheme)
        {
            throw new PlaceException($"{fileTarget} names {beside}, which is on another host. A file may only name files of its own host.", isGone: false);
        }

        return IsBelowFolderOf(from, beside)
            ? await Read(beside, cancellationToken)
            : (await Get(beside, new OutboundRequest { MostBytes = limits.MostBytes, IsAnonymous = true }, cancellationToken)).Body;
    }

    public Place Resolve(string fileTarget, string relative) => Beside(Place.Parse(fileTarget).Target, relative);

    public IDisposable? Watch(Place place, Action changed) =>
        IsAddress(place.Target, out var address) && repositories.Locate(address) is { } located && repositories.ReadsByGit(located.Repository)
            ? reading.Watch(located.Repository, changed)
            : null;

    public async Task<ReadOnlyMemory<byte>> Read(Uri address, CancellationToken cancellationToken)
    {
        var located = repositories.Locate(address);
        if (located is not null && repositories.ReadsByGit(located.Repository))
        {
            return await reading.ReadFile(located, cancellationToken);
        }

        var response = await Get(Plain(address, located), new OutboundRequest { MostBytes = limits.MostBytes }, cancellationToken);
        return response.Body;
    }

    /// <summary>A relative target of a file in a repository stays in that repository, at that branch.</summary>
    private Place Beside(string from, string relative)
    {
        if (IsAddress(relative, out _))
        {
            return new Place(Type, relative);
        }

        if (!IsAddress(from, out var file))
        {
            throw new PlaceException($"'{relative}' is not an address, and {from} is none that it could be relative to. Write the whole address.", isGone: false);
        }

        return repositories.Locate(file) is { } located
            ? Place.Parse(repositories.PlaceOf(located with { Path = RepositoryPaths.Beside(located.Path, relative) }))
            : Uri.TryCreate(file, relative, out var beside) && IsAddress(beside.AbsoluteUri, out _)
                ? new Place(Type, beside.AbsoluteUri)
                : throw new PlaceException($"'{relative}' is no address, nor relative to one.", isGone: false);
    }

    /// <summary>
    /// Whoever can put a file somewhere may name what lies with it. What lies elsewhere on the host may be another's, so it is
    /// asked for without the portal's credentials.
    /// </summary>
    private static bool IsBelowFolderOf(Uri file, Uri other)
    {
        var folder = file.AbsolutePath[..(file.AbsolutePath.LastIndexOf('/') + 1)];
        return file.Query.Length == 0 && other.Query.Length == 0 && other.AbsolutePath.StartsWith(folder, StringComparison.Ordinal)
            && !Uri.UnescapeDataString(other.AbsolutePath[folder.Length..]).Contains("..", StringComparison.Ordinal);
    }

    private Uri Plain(Uri address, RepositoryFile? located) => located is null ? address : repositories.RawAddress(located) ?? address;

    private async Task<OutboundResponse> Get(Uri address, OutboundRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await http.Get(address, request, cancellationToken);
            return response.Status == 404 ? throw new PlaceException($"There is nothing at {address} (404).", isGone: true) : response;
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, e.IsMissing, e);
        }
    }

    private static bool IsAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.Scheme is "http" or "https";

    private static IAsyncEnumerable<PlaceFile> One(PlaceFile file) => new[] { file }.ToAsyncEnumerable();

    private static IAsyncEnumerable<PlaceFile> Nothing() => Array.Empty<PlaceFile>().ToAsyncEnumerable();
}
