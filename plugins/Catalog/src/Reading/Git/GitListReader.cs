using System.Text;
using Stagedoor.Catalog.Reading.Files;
using Stagedoor.Catalog.Reading.Urls;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>
/// Stands for the repositories that a file or address lists: one a line, as it is or as the item of a YAML list, with
/// comments after <c>#</c>.
/// </summary>
internal sealed class GitListReader(FileReader files, UrlReader urls, IRepositories repositories) : IPlaceReader
{
    private const int MostRepositories = 50_000;

    public string Type => "git-list";

    public string? WhyNot(Place place) => ReaderOf(place).WhyNot(ListOf(place));

    public async Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken)
    {
        var list = ListOf(request.Place);
        var reading = await ReaderOf(request.Place).Read(new PlaceRequest(list, request.KnownVersion, _ => null), cancellationToken);
        if (reading.Unchanged)
        {
            return reading;
        }

        var places = new List<Place>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var file in reading.Files.WithCancellation(cancellationToken))
        {
            if (file.Content is not { } content)
            {
                throw new PlaceException(file.Problem ?? $"{file.Target} could not be read.", isGone: false);
            }

            foreach (var place in Parse(content, file.Target).Where(place => seen.Add(place.Target)))
            {
                places.Add(place);
            }
        }

        return places.Count > MostRepositories
            ? throw new PlaceException($"{list.Target} lists more than {MostRepositories} repositories. Split it into several lists.", isGone: false)
            : new PlaceReading(reading.Version, Unchanged: false, AsyncEnumerable.Empty<PlaceFile>(), places);
    }

    public Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken) =>
        throw new PlaceException($"{fileTarget} is a list of repositories, and has no files of its own.", isGone: false);

    public Place Resolve(string fileTarget, string relative)
    {
        var reader = relative.Contains("://", StringComparison.Ordinal) || Place.Parse(fileTarget).Type == urls.Type ? (IPlaceReader)urls : files;
        return new Place(Type, reader.Resolve(fileTarget, relative).Target);
    }

    public IDisposable? Watch(Place place, Action changed) => ReaderOf(place).Watch(ListOf(place), changed);

    private List<Place> Parse(ReadOnlyMemory<byte> content, string target)
    {
        var isLocal = Place.Parse(target).Type == "file";
        var places = new List<Place>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content.Span).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var text = Item(line);
            if (text.Length == 0)
            {
                continue;
            }

            try
            {
                var repository = repositories.ParsePlace(text).Repository;
                if (!isLocal && new Uri(repository.Url).IsFile)
                {
                    throw new PlaceException($"{target}, line {number}: {text} is on this machine. Only a list on this machine may name it.", isGone: false);
                }

                places.Add(new Place("git", text));
            }
            catch (OutboundException e)
            {
                // Half a list would look as if the other half had been taken out of it.
                throw new PlaceException($"{target}, line {number}: {e.Message}", isGone: false, e);
            }
        }

        return places;
    }

    private static string Item(string line)
    {
        var text = line.Trim();
        if (text is "---" || text.StartsWith('#'))
        {
            return "";
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        text = (comment < 0 ? text : text[..comment]).Trim();
        return text.StartsWith("- ", StringComparison.Ordinal) ? text[2..].Trim().Trim('"', '\'') : text;
    }

    private IPlaceReader ReaderOf(Place place) => ListOf(place).Type == urls.Type ? urls : files;

    private Place ListOf(Place place) => new(place.Target.Contains("://", StringComparison.Ordinal) ? urls.Type : files.Type, place.Target);
}
