using System.Text.Json;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Takes what was read through the model: files, and the Location entity of a source itself.</summary>
internal sealed class FileProcessing(PlaceReaders readers, EntityFiles model, ModelVersion version, KindRules rules, TimeProvider time)
{
    private const int MostDepth = 32;

    /// <summary>The Location entity of the source itself, and the places that stand for it.</summary>
    public async Task<FileOutcome> Self(PlaceRun run, PlaceReading found, CancellationToken cancellationToken)
    {
        var place = run.Place;
        var read = await model.Read(
            new EntityFile(
                place.ToPlace().ToString(), place.ToPlace().ToString(), GeneratedLocation.Json(EntityRef.Parse(run.Source.LocationRef!), run.Source.Type, run.Source.Target, run.Settings.IsOptional),
                EveryKind.Allowed, (_, _) => throw new PlaceException("A location's own entity has nothing beside it.", isGone: true)),
            cancellationToken);
        run.Seen.TryAdd("", true);
        var row = new FileRow(Ids.OfFile(place.Id, ""), place.Id, "", place.ToPlace().ToString(), version.Stamp("", run.Settings), null, null, null, time.GetUtcNow(), null, null);
        return new FileOutcome(row, read.Documents, [.. found.Places.Select(child => new ChildPlace(child, run.Source.LocationRef!))]);
    }

    public async Task<FileOutcome?> Process(PlaceRun run, IPlaceReader reader, PlaceFile file, CancellationToken cancellationToken)
    {
        var place = run.Place;
        run.Seen.TryAdd(file.Path, true);
        if (file.Content is null && file.Problem is null)
        {
            return null;
        }

        FileReading read;
        if (file.Problem is not null)
        {
            read = new FileReading([new DocumentReading(0, 0, null, "", null, [new EntityProblem(0, 0, "", file.Problem, null)])], []);
        }
        else
        {
            read = await model.Read(
                new EntityFile(
                    file.Target, $"{run.Source.Type}:{run.Source.Target}", file.Content!.Value, run.Allowed ??= rules.For(run.Source),
                    (relative, token) => reader.ReadBeside(file.Target, relative, token)) { Reader = file.Reader, Path = file.Path },
                cancellationToken);
        }

        var (children, documents) = Children(file, read.Documents, place.Depth);
        var row = new FileRow(
            Ids.OfFile(place.Id, file.Path), place.Id, file.Path, file.Target, version.Stamp(file.Hash, run.Settings), file.Commit, file.Author, file.CommittedAt, time.GetUtcNow(),
            FileDeclaring.Problems(documents), read.Beside.Count == 0 ? null : JsonSerializer.Serialize(Beside(reader, file, read.Beside)));
        return new FileOutcome(row, documents, children);
    }

    /// <summary>What placeholders name, as places that can be watched. What cannot be read was complained about already.</summary>
    private static List<string> Beside(IPlaceReader reader, PlaceFile file, IReadOnlyList<string> names)
    {
        var places = new List<string>();
        foreach (var name in names)
        {
            try
            {
                places.Add(reader.Resolve(file.Target, name).ToString());
            }
            catch (PlaceException)
            {
                places.Add(name);
            }
        }

        return places;
    }

    /// <summary>The places that the file's Locations name. One that cannot be is a problem of its Location, and of nothing else.</summary>
    private (List<ChildPlace> Children, List<DocumentReading> Documents) Children(PlaceFile file, IReadOnlyList<DocumentReading> documents, int depth)
    {
        var children = new List<ChildPlace>();
        var told = new List<DocumentReading>(documents.Count);
        foreach (var document in documents)
        {
            var problems = new List<EntityProblem>();
            foreach (var target in document.Entity is null ? [] : document.Targets)
            {
                try
                {
                    if (depth >= MostDepth)
                    {
                        throw new PlaceException($"Locations lead further than {MostDepth} steps. Name it in a location nearer to the beginning.", isGone: false);
                    }

                    // Without a type of its own a target is of the type of the file that names it.
                    var reader = target.Type is null ? readers.Beside(file.Target) : readers.Of(target.Type);
                    children.Add(new ChildPlace(reader.Resolve(file.Target, target.Target), document.Entity!.Ref.ToString()));
                }
                catch (Exception e) when (e is PlaceException or FormatException or ArgumentException)
                {
                    problems.Add(new EntityProblem(document.Document, target.Line, "spec.targets", e.Message, document.Ref));
                }
            }

            told.Add(problems.Count == 0 ? document : document with { Problems = [.. document.Problems, .. problems] });
        }

        return (children, told);
    }
}
