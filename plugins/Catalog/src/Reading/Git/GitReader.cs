using Stagedoor.Catalog.Reading.Patterns;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>Reads a repository: <c>https://host/owner/name.git</c>, with <c>?ref=</c> and <c>&amp;path=</c> if less than all is meant.</summary>
internal sealed class GitReader(IRepositories repositories, RepositoryReading reading) : IPlaceReader
{
    public string Type => "git";

    public string? WhyNot(Place place)
    {
        try
        {
            var file = repositories.ParsePlace(place.Target);
            Glob.Parse(file.Path);
            return repositories.WhyNot(file.Repository);
        }
        catch (Exception e) when (e is OutboundException or FormatException)
        {
            return e.Message;
        }
    }

    public Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken) =>
        WhyNot(request.Place) is { } reason
            ? throw new PlaceException(reason, isGone: false)
            : reading.Read(repositories.ParsePlace(request.Place.Target), request, cancellationToken);

    public Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken) =>
        relative.Contains("://", StringComparison.Ordinal)
            ? throw new PlaceException($"{fileTarget} names {relative}. A file of a repository may only name files of its own repository.", isGone: false)
            : reading.ReadFile(Beside(fileTarget, relative), cancellationToken);

    public Place Resolve(string fileTarget, string relative)
    {
        try
        {
            if (!relative.Contains("://", StringComparison.Ordinal) && Place.Parse(fileTarget).Type == Type)
            {
                return Place.Parse(repositories.PlaceOf(Beside(fileTarget, relative)));
            }

            var named = repositories.ParsePlace(relative);
            return new Uri(named.Repository.Url).IsFile && Place.Parse(fileTarget).Type != "file"
                ? throw new PlaceException($"{fileTarget} names {relative}, which is on this machine. Only configuration and files of this machine may do that.", isGone: false)
                : new Place(Type, relative);
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, isGone: false, e);
        }
    }

    public IDisposable? Watch(Place place, Action changed) =>
        WhyNot(place) is null ? reading.Watch(repositories.ParsePlace(place.Target).Repository, changed) : null;

    private RepositoryFile Beside(string fileTarget, string relative)
    {
        var file = repositories.ParsePlace(fileTarget);
        return file with { Path = RepositoryPaths.Beside(file.Path, relative) };
    }
}
