using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Reads what a plugin tells: each entity as if it were a file of its own.</summary>
internal sealed class ContributedPlaces(ICatalogContributions contributions, IServiceScopeFactory scopes) : IPlaceReader
{
    public const string PlaceType = "plugin";

    public string Type => PlaceType;

    public string? WhyNot(Place place) => Find(place) is null ? $"No active plugin has a source named {place.Target}." : null;

    public Task<PlaceReading> Read(PlaceRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new PlaceReading(Version: null, Unchanged: false, Files(request, cancellationToken), []));

    public Task<ReadOnlyMemory<byte>> ReadBeside(string fileTarget, string relative, CancellationToken cancellationToken) =>
        throw new PlaceException("What a plugin tells has no files beside it: placeholders cannot be used there.", isGone: true);

    public Place Resolve(string fileTarget, string relative) =>
        throw new PlaceException("A location that a plugin tells needs a type and a whole target.", isGone: true);

    public IDisposable? Watch(Place place, Action changed) => null;

    private ContributedSource? Find(Place place) => contributions.Sources.FirstOrDefault(source => source.Name == place.Target);

    private async IAsyncEnumerable<PlaceFile> Files(PlaceRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var source = (IEntitySource)scope.ServiceProvider.GetRequiredService(Find(request.Place)!.Type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var entity in source.Read(cancellationToken))
        {
            var content = Encoding.UTF8.GetBytes(entity.Json.GetRawText());
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            var path = Path(entity, hash);
            while (!seen.Add(path))
            {
                path += "+";
            }

            yield return new PlaceFile(path, entity.Place, hash, request.KnownHash(path) == hash ? (ReadOnlyMemory<byte>?)null : content) { Commit = entity.Commit, Author = entity.Author };
        }
    }

    private static string Path(DeclaredEntity entity, string hash)
    {
        try
        {
            return new Entity(Encoding.UTF8.GetBytes(entity.Json.GetRawText())).Ref.ToString();
        }
        catch (ArgumentException)
        {
            // It has no name; the model will say so.
            return hash;
        }
    }
}
