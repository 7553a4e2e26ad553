using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>
/// Reads one place from beginning to end: its files go through the model on all cores, while what is ready is committed in batches.
/// Nothing that fails here deletes anything.
/// </summary>
internal sealed class PlaceRefresh(
    PlaceStore places, ChangeLog log, PlaceReaders readers, EntityFiles model, ModelVersion version, KindRules rules, RefreshWork work,
    ICatalogContributions contributions, IOptions<CatalogOptions> options, TimeProvider time, ILogger<PlaceRefresh> logger)
{
    private const int MostDepth = 32;
    private const int DocumentsOfABatch = 2000;

    /// <summary>A thousand places of one repository ask for it once.</summary>
    private static readonly TimeSpan OldestCopy = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Failures after which a place's entities say that they may be out of date.</summary>
    private const int FailuresToTell = 3;

    public Task<RefreshOutcome?> Run(Guid id, RefreshOrder order, CancellationToken cancellationToken) => Run(id, order, isDryRun: false, cancellationToken);

    /// <summary>Tells what a reading would do, and does nothing.</summary>
    public Task<RefreshOutcome?> Try(Guid id, CancellationToken cancellationToken) => Run(id, new RefreshOrder { ReadAll = true }, isDryRun: true, cancellationToken);

    private async Task<RefreshOutcome?> Run(Guid id, RefreshOrder order, bool isDryRun, CancellationToken cancellationToken)
    {
        var place = await places.Place(id, cancellationToken);
        var source = place is null ? null : await places.Source(place.SourceId, cancellationToken);
        if (place is null || source is null || source.RemovedAt is not null || (source.PausedAt is not null && !isDryRun))
        {
            return null;
        }

        var begun = time.GetTimestamp();
        var outcome = new RefreshOutcome();
        string? newVersion = null;
        try
        {
            newVersion = await Read(new Reading(place, source, source.ReadSettings(), order, isDryRun, outcome), cancellationToken);
        }
        catch (PlaceException e)
        {
            outcome.Error = e.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException and not DatabaseUnavailableException and not OutOfMemoryException)
        {
            logger.LogError(e, "Reading {Place} failed", place.ToPlace());
            outcome.Error = $"{e.GetType().Name}: {e.Message}";
        }

        if (!isDryRun)
        {
            await Conclude(place, source, outcome, newVersion, time.GetElapsedTime(begun), cancellationToken);
        }

        return outcome;
    }

    private async Task Conclude(PlaceRow place, SourceRow source, RefreshOutcome outcome, string? newVersion, TimeSpan took, CancellationToken cancellationToken)
    {
        var failures = outcome.Error is null ? 0 : place.Failures + 1;
        var every = source.ReadSettings().ReadEvery ?? options.Value.ReadEvery;
        var pause = failures == 0 ? every : TimeSpan.FromTicks(Math.Min((long)(every.Ticks * Math.Pow(2, failures - 1)), Math.Max(LongestPause.Ticks, every.Ticks)));
        await places.PlaceRead(place.Id, newVersion, outcome.Error, failures, time.GetUtcNow() + pause, cancellationToken);
        if (place.Depth == 0 || outcome.ChangedAnything || outcome.Error is not null || place.Error is not null)
        {
            await places.SourceRead(source.Id, outcome.Error is { } error ? $"{place.ToPlace()}: {error}" : null, outcome.Created, outcome.Updated, outcome.Deleted, took, cancellationToken);
        }

        if (failures == FailuresToTell)
        {
            logger.LogWarning("{Place} cannot be read since {Failures} attempts: {Error}", place.ToPlace(), failures, outcome.Error);
            await Tell(place, StatusText.OfFailingPlace(place.ToPlace().ToString(), outcome.Error!), cancellationToken);
        }
        else if (failures == 0 && place.Failures >= FailuresToTell)
        {
            await Tell(place, status: null, cancellationToken);
        }
    }

    /// <summary>Says on the entities of a place that it fails, or that it does no more.</summary>
    private async Task Tell(PlaceRow place, string? status, CancellationToken cancellationToken)
    {
        var files = (await places.Files(place.Id, cancellationToken)).Select(file => file.Id).ToList();
        await log.Commit(
            [],
            files,
            by: null,
            (decision, _, _) =>
            {
                foreach (var name in files.SelectMany(decision.Of).Select(said => said.Ref).Distinct(StringComparer.Ordinal))
                {
                    if (decision.Find(name) is { } current && current.PlaceId == place.Id && (current.Status is null || StatusText.IsOfFailingPlace(current.Status)))
                    {
                        decision.Mark(name, status);
                    }
                }

                return Task.CompletedTask;
            },
            cancellationToken);
    }

    private async Task<string?> Read(Reading reading, CancellationToken cancellationToken)
    {
        var (place, source, settings) = (reading.Place, reading.Source, reading.Settings);
        var reader = readers.Of(place.Type);
        if (reader.WhyNot(place.ToPlace()) is { } whyNot)
        {
            throw new PlaceException(whyNot, isGone: false);
        }

        foreach (var file in await places.Files(place.Id, cancellationToken))
        {
            reading.Known[file.Path] = file;
        }

        var knownVersion = reading.Order.ReadAll || source.Held is not null ? null : version.Known(place.Version);
        var found = await reader.Read(
            new PlaceRequest(place.ToPlace(), knownVersion, path => reading.KnownHash(path, version))
            {
                Include = settings.Include,
                Exclude = settings.Exclude,
                DescriptorReaders = contributions.DescriptorReaders,
                MaxAge = reading.Order.IsUrgent ? TimeSpan.Zero : OldestCopy,
            },
            cancellationToken);
        if (found.Unchanged)
        {
            return place.Version;
        }

        await Declare(reading, reader, found, cancellationToken);
        await Withdraw(reading, cancellationToken);
        return found.Version is null ? null : version.Stamp(found.Version);
    }

    /// <summary>Reads and processes on all cores; commits whatever is ready, so that a single change waits for nothing.</summary>
    private async Task Declare(Reading reading, IPlaceReader reader, PlaceReading found, CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = Channel.CreateBounded<FileOutcome>(new BoundedChannelOptions(256) { SingleReader = true });
        var producing = Task.Run(
            async () =>
            {
                try
                {
                    if (reading.Place.Depth == 0 && reading.Source.LocationRef is not null)
                    {
                        await ready.Writer.WriteAsync(await Self(reading, found, failed.Token), failed.Token);
                    }

                    await Parallel.ForEachAsync(
                        found.Files,
                        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = failed.Token },
                        async (file, token) =>
                        {
                            if (await Process(reading, reader, file, token) is { } outcome)
                            {
                                await ready.Writer.WriteAsync(outcome, token);
                            }
                        });
                    ready.Writer.Complete();
                }
                catch (Exception e)
                {
                    ready.Writer.Complete(e);
                }
            },
            CancellationToken.None);
        try
        {
            var batch = new List<FileOutcome>();
            while (await ready.Reader.WaitToReadAsync(cancellationToken))
            {
                for (var weight = 0; weight < DocumentsOfABatch && ready.Reader.TryRead(out var outcome); weight += outcome.Weight)
                {
                    batch.Add(outcome);
                }

                await Commit(reading, batch, cancellationToken);
                batch.Clear();
            }
        }
        finally
        {
            await failed.CancelAsync();
            await producing;
        }
    }

    /// <summary>The Location entity of the source itself, and the places that stand for it.</summary>
    private async Task<FileOutcome> Self(Reading reading, PlaceReading found, CancellationToken cancellationToken)
    {
        var place = reading.Place;
        var read = await model.Read(
            new EntityFile(
                place.ToPlace().ToString(), place.ToPlace().ToString(), GeneratedLocation.Json(EntityRef.Parse(reading.Source.LocationRef!), reading.Source.Type, reading.Source.Target, reading.Settings.IsOptional),
                EveryKind.Allowed, (_, _) => throw new PlaceException("A location's own entity has nothing beside it.", isGone: true)),
            cancellationToken);
        reading.Seen.TryAdd("", true);
        var row = new FileRow(Ids.OfFile(place.Id, ""), place.Id, "", place.ToPlace().ToString(), version.Stamp(""), null, null, time.GetUtcNow(), null, null);
        return new FileOutcome(row, read.Documents, [.. found.Places.Select(child => new ChildPlace(child, reading.Source.LocationRef!))]);
    }

    private async Task<FileOutcome?> Process(Reading reading, IPlaceReader reader, PlaceFile file, CancellationToken cancellationToken)
    {
        var place = reading.Place;
        reading.Seen.TryAdd(file.Path, true);
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
                    file.Target, $"{reading.Source.Type}:{reading.Source.Target}", file.Content!.Value, reading.Allowed ??= rules.For(reading.Source),
                    (relative, token) => reader.ReadBeside(file.Target, relative, token)) { Reader = file.Reader, Path = file.Path },
                cancellationToken);
        }

        var row = new FileRow(
            Ids.OfFile(place.Id, file.Path), place.Id, file.Path, file.Target, version.Stamp(file.Hash), file.Commit, file.Author, time.GetUtcNow(),
            FileDeclaring.Problems(read.Documents), read.Beside.Count == 0 ? null : JsonSerializer.Serialize(Beside(reader, file, read.Beside)));
        return new FileOutcome(row, read.Documents, Children(file, read.Documents, place.Depth));
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

    private List<ChildPlace> Children(PlaceFile file, IReadOnlyList<DocumentReading> documents, int depth)
    {
        var children = new List<ChildPlace>();
        foreach (var document in documents.Where(document => document.Entity is not null && depth < MostDepth))
        {
            foreach (var target in document.Targets)
            {
                // Without a type of its own a target is of the type of the file that names it.
                var reader = target.Type is null ? readers.Beside(file.Target) : readers.Of(target.Type);
                children.Add(new ChildPlace(reader.Resolve(file.Target, target.Target), document.Entity!.Ref.ToString()));
            }
        }

        return children;
    }

    private async Task Commit(Reading reading, List<FileOutcome> batch, CancellationToken cancellationToken)
    {
        var (place, source) = (reading.Place, reading.Source);
        var refs = batch.SelectMany(outcome => outcome.Documents).Select(document => document.Ref).OfType<EntityRef>().Select(entity => entity.ToString()).ToHashSet(StringComparer.Ordinal);
        var files = batch.Select(outcome => outcome.File.Id).ToList();
        var withdrawals = new List<Withdrawal>();
        var fresh = new List<Guid>();
        var writes = await log.Commit(
            refs,
            files,
            reading.Order.By,
            async (decision, transaction, at) =>
            {
                foreach (var outcome in batch)
                {
                    FileDeclaring.Declare(decision, outcome, source, place, withdrawals);
                }

                if (reading.IsDryRun)
                {
                    reading.Count(decision);
                    decision.Discard();
                    return;
                }

                await transaction.Insert(FileRow.Into, batch.Select(outcome => outcome.File), cancellationToken);
                await List(reading, batch, fresh, transaction, at, cancellationToken);
            },
            cancellationToken);
        reading.Outcome.Files += batch.Count;
        reading.Outcome.Problems += batch.Sum(outcome => outcome.Documents.Sum(document => document.Problems.Count));
        reading.Outcome.Created += writes.Changes.Count(change => change.Change == EntityChangeKind.Created);
        reading.Outcome.Updated += writes.Changes.Count(change => change.Change == EntityChangeKind.Updated);
        reading.Withdrawals.AddRange(withdrawals);
    }

    /// <summary>Writes down which places the files name, and sends for those that are new.</summary>
    private async Task List(Reading reading, List<FileOutcome> batch, List<Guid> fresh, ITransaction transaction, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var known = batch.Where(outcome => reading.Known.ContainsKey(outcome.File.Path)).Select(outcome => outcome.File.Id).ToList();
        if (known.Count > 0)
        {
            await transaction.Execute("delete from catalog_listings where file_id in @known", new { known }, cancellationToken);
        }

        foreach (var outcome in batch)
        {
            foreach (var child in outcome.Children)
            {
                var id = Ids.OfPlace(reading.Source.Id, child.Place.Type, child.Place.Target);
                await PlaceStore.AddPlace(
                    transaction,
                    new PlaceRow(id, reading.Source.Id, child.Place.Type, child.Place.Target, reading.Place.Depth + 1, null, null, null, at, null, 0, null),
                    cancellationToken);
                await transaction.Insert(ListingRow.Into, [new ListingRow(id, outcome.File.Id, child.ListedBy)], cancellationToken);
                fresh.Add(id);
            }
        }

        var unread = fresh.Count == 0 ? [] : await transaction.Query<Guid>("select id from catalog_places where id in @fresh and read_at is null", new { fresh }, cancellationToken);
        if (unread.Count > 0)
        {
            await work.Add(transaction, unread, new RefreshOrder { IsUrgent = true, By = reading.Order.By }, cancellationToken);
        }
    }

    /// <summary>Deletes what is not declared any more, unless that would be an implausible share of the source.</summary>
    private async Task Withdraw(Reading reading, CancellationToken cancellationToken)
    {
        var (place, source) = (reading.Place, reading.Source);
        var missing = reading.Known.Values.Where(file => file.Path.Length > 0 && !reading.Seen.ContainsKey(file.Path)).ToList();
        if (missing.Count == 0 && reading.Withdrawals.Count == 0)
        {
            if (source.Held is not null && !reading.IsDryRun)
            {
                await places.Hold(source.Id, place.Id, [], cancellationToken);
            }

            return;
        }

        var gone = missing.Select(file => file.Id).ToList();
        var entities = await places.CountEntities(source.Id, cancellationToken);
        var guard = options.Value.DeletionGuard;
        IReadOnlyList<string> held = [];
        var writes = await log.Commit(
            [.. reading.Withdrawals.Select(withdrawal => withdrawal.Ref).Distinct(StringComparer.Ordinal)],
            gone,
            reading.Order.By,
            async (decision, transaction, _) =>
            {
                foreach (var withdrawal in reading.Withdrawals)
                {
                    decision.Because(withdrawal.Ref, withdrawal.Target);
                    decision.Withdraw(withdrawal.Ref, withdrawal.FileId, withdrawal.Document);
                }

                foreach (var file in missing)
                {
                    foreach (var (name, document) in decision.Of(file.Id).ToList())
                    {
                        decision.Because(name, file.Target);
                        decision.Withdraw(name, file.Id, document);
                    }
                }

                var going = decision.Going;
                if (reading.IsDryRun)
                {
                    reading.Count(decision);
                    decision.Discard();
                }
                else if (!reading.Order.DeleteHeld && going.Count > guard.AtLeast && going.Count > guard.Share * entities)
                {
                    held = going;
                    decision.Discard();
                }
                else if (gone.Count > 0)
                {
                    await transaction.Execute("delete from catalog_files where id in @gone", new { gone }, cancellationToken);
                    await transaction.Execute("delete from catalog_listings where file_id in @gone", new { gone }, cancellationToken);
                }
            },
            cancellationToken);
        reading.Outcome.Deleted += writes.Gone.Count;
        reading.Outcome.Held = held;
        if (!reading.IsDryRun && (held.Count > 0 || source.Held is not null))
        {
            if (held.Count > 0)
            {
                logger.LogWarning(
                    "Reading {Place} would delete {Count} of {All} entities of its source. They are kept until someone confirms it", place.ToPlace(), held.Count, entities);
            }

            await places.Hold(source.Id, place.Id, held, cancellationToken);
        }
    }

    /// <summary>One reading as it goes on.</summary>
    private sealed record Reading(PlaceRow Place, SourceRow Source, SourceSettings Settings, RefreshOrder Order, bool IsDryRun, RefreshOutcome Outcome)
    {
        public Dictionary<string, FileRow> Known { get; } = new(StringComparer.Ordinal);

        public System.Collections.Concurrent.ConcurrentDictionary<string, bool> Seen { get; } = new(StringComparer.Ordinal);

        public List<Withdrawal> Withdrawals { get; } = [];

        public IAllowedKinds? Allowed { get; set; }

        /// <summary>A file with placeholders may mean something else although it is the same.</summary>
        public string? KnownHash(string path, ModelVersion version) =>
            !Order.ReadAll && Source.Held is null && Known.TryGetValue(path, out var file) && file.Beside is null ? version.Known(file.Hash) : null;

        public void Count(Decision decision)
        {
            var writes = decision.Conclude();
            Outcome.Created += writes.New.Count;
            Outcome.CreatedRefs.AddRange(writes.New.Select(row => row.Ref));
            var updated = writes.Changes.Where(change => change.Change == EntityChangeKind.Updated).Select(change => change.Ref).ToList();
            Outcome.Updated += updated.Count;
            Outcome.UpdatedRefs.AddRange(updated);
            Outcome.Deleted += writes.Gone.Count;
            Outcome.DeletedRefs.AddRange(writes.Gone);
        }
    }
}

/// <summary>No rule holds: for what the portal itself declares.</summary>
internal sealed class EveryKind : IAllowedKinds
{
    public static readonly EveryKind Allowed = new();

    public bool Allows(string kind, string? type) => true;
}
