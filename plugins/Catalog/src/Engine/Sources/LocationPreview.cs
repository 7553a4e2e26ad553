using System.Text.Json;
using Stagedoor.Catalog.Engine.Refreshing;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Reads what a location would bring, with what it leads to, and keeps nothing.</summary>
internal sealed class LocationPreview(PlaceReaders readers, EntityFiles model, KindRules rules, ICatalogContributions contributions, TimeProvider time) : IDisposable
{
    private const int AtOnce = 2;
    private const int MostPlaces = 100;
    private const int MostEntities = 5000;
    private const long MostBytes = 20 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _slots = new(AtOnce);

    /// <exception cref="PlaceException">It cannot be read, or something in it is wrong; the message says what.</exception>
    public async Task<IReadOnlyList<JsonElement>> Read(string type, string target, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(Longest, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await Follow(type, target, both.Token);
            }
            catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw TooMuch($"{type}:{target} takes longer than {Longest.TotalSeconds:0} seconds to read", e);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<IReadOnlyList<JsonElement>> Follow(string type, string target, CancellationToken cancellationToken)
    {
        var origin = $"{type}:{target}";
        var source = SourceRow.New(Guid.Empty, SourceOrigin.Registered, "", type, target, target, locationRef: null, new SourceSettings(), time.GetUtcNow());
        var allowed = rules.For(source);
        var own = await model.Read(
            new EntityFile(origin, origin, GeneratedLocation.Json(GeneratedLocation.Ref(type, target), type, target, isOptional: false), EveryKind.Allowed, NothingBeside), cancellationToken);
        var entities = own.Documents.Select(document => document.Entity!).ToList();
        var seen = new HashSet<Place> { new(type, target) };
        var open = new Queue<Place>(seen);
        var read = new Amount(origin);
        while (open.TryDequeue(out var place))
        {
            await foreach (var document in Documents(place, origin, allowed, open, seen, read, cancellationToken))
            {
                entities.Add(document);
                if (entities.Count > MostEntities || seen.Count > MostPlaces)
                {
                    throw TooMuch($"{origin} leads to more than {MostEntities} entities or {MostPlaces} places");
                }
            }
        }

        if (entities.GroupBy(entity => entity.Ref).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PlaceException($"Duplicate nested entity: {twice.Key}", isGone: false);
        }

        return [.. entities.Select(entity => JsonElement.Parse(entity.Body.Span))];
    }

    private async IAsyncEnumerable<ProcessedEntity> Documents(
        Place place, string origin, IAllowedKinds allowed, Queue<Place> open, HashSet<Place> seen, Amount read,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = readers.Of(place.Type);
        var reading = await reader.Read(new PlaceRequest(place, KnownVersion: null, _ => null) { DescriptorReaders = contributions.DescriptorReaders }, cancellationToken);
        foreach (var child in reading.Places.Where(seen.Add))
        {
            open.Enqueue(child);
        }

        await foreach (var file in reading.Files.WithCancellation(cancellationToken))
        {
            if (file.Problem is not null)
            {
                throw new PlaceException($"{file.Target}: {file.Problem}", isGone: false);
            }

            var content = read.Add(file.Content!.Value);
            var understood = await model.Read(
                new EntityFile(file.Target, origin, content, allowed, async (relative, token) => read.Add(await reader.ReadBeside(file.Target, relative, token))) { Reader = file.Reader }, cancellationToken);
            read.Require();
            if (understood.Documents.SelectMany(document => document.Problems).ToList() is { Count: > 0 } problems)
            {
                throw new PlaceException(string.Join(", ", problems.Select(problem => $"{file.Target}:{problem.Line}: {problem.Field} {problem.Message}")), isGone: false);
            }

            foreach (var document in understood.Documents)
            {
                foreach (var named in document.Targets)
                {
                    var child = (named.Type is null ? readers.Beside(file.Target) : readers.Of(named.Type)).Resolve(file.Target, named.Target);
                    if (seen.Add(child))
                    {
                        open.Enqueue(child);
                    }
                }

                yield return document.Entity!;
            }
        }
    }

    private static PlaceException TooMuch(string what, Exception? inner = null) =>
        new($"{what}, which is too much for a preview. It can be registered all the same.", isGone: false, inner);

    private static Task<ReadOnlyMemory<byte>> NothingBeside(string target, CancellationToken cancellationToken) =>
        throw new PlaceException("A location's own entity has nothing beside it.", isGone: true);

    /// <summary>How much was read of all that a location leads to.</summary>
    private sealed class Amount(string origin)
    {
        private long _bytes;

        public ReadOnlyMemory<byte> Add(ReadOnlyMemory<byte> content)
        {
            _bytes += content.Length;
            Require();
            return content;
        }

        /// <summary>Also asked after a file: what is said inside of a placeholder is taken for a fault of the placeholder.</summary>
        public void Require()
        {
            if (_bytes > MostBytes)
            {
                throw TooMuch($"{origin} leads to more than {MostBytes / (1024 * 1024)} MB");
            }
        }
    }
}
