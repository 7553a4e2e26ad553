using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>Stands for every repository that lies in a folder of this machine.</summary>
internal sealed class GitFolderReader(IRepositories repositories, TimeProvider time) : IPlaceReader
{
    public string Type => "git-folder";

    public string? WhyNot(Place place)
    {
        try
        {
            repositories.InFolder(place.Target);
            return null;
        }
        catch (OutboundException e)
        {
            return e.IsMissing || e.IsPassing ? null : e.Message;
        }
    }

    public Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var places = repositories.InFolder(request.Place.Target).Select(repository => new Place("git", repository.Url)).ToList();
            return Task.FromResult(new PlaceReading(null, Unchanged: false, AsyncEnumerable.Empty<PlaceFile>(), places));
        }
        catch (OutboundException e)
        {
            throw new PlaceException(e.Message, e.IsMissing, e);
        }
    }

    public Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken) =>
        throw new PlaceException($"{fileTarget} is a folder of repositories, and has no files of its own.", isGone: false);

    public Place Resolve(string fileTarget, string relative) =>
        Place.Parse(fileTarget).Type == "file" && Path.IsPathRooted(relative)
            ? new Place(Type, relative)
            : throw new PlaceException($"{fileTarget} names the folder {relative}. Only configuration and files of this machine may name one, with its full path.", isGone: false);

    public IDisposable? Watch(Place place, Action changed) =>
        WhyNot(place) is null ? GitFolderWatch.Begin(() => repositories.InFolder(place.Target), changed, time) : null;
}
