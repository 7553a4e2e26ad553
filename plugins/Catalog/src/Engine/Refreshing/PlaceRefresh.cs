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
    PlaceStore places, ChangeLog log, PlaceReaders readers, FileProcessing processing, BatchCommit commit, Withdrawing withdrawing, RefreshWork work, ModelVersion version,
    ICatalogContributions contributions, IOptions<CatalogOptions> options, TimeProvider time, ILogger<PlaceRefresh> logger)
{
    private const int DocumentsOfABatch = 2000;

    /// <summary>A thousand places of one repository ask for it once.</summary>
    private static readonly TimeSpan OldestCopy = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Failures after which a place's entities say that they may be out of date.</summary>
    private const int FailuresToTell = 3;

    public async Task<RefreshOutcome?> Run(Guid id, CancellationToken cancellationToken)
    {
        var order = await work.Take(id, cancellationToken);
        try
        {
            var outcome = await Run(id, order, isDryRun: false, cancellationToken);
            if (outcome is { Error: not null })
            {
                await work.PutBack(id, order, cancellationToken);
            }

            return outcome;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await work.PutBack(id, order, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Tells what a reading would do, and does nothing.</summary>
    public Task<RefreshOutcome?> Try(Guid id, CancellationToken cancellationToken) => Run(id, new RefreshOrder { ReadAll = true }, isDryRun: true, cancellationToken);

    private async Task<RefreshOutcome?> Run(Guid id, RefreshOrder order, bool isDryRun, CancellationToken cancellationToken)
    {
        var place = await places.Place(id, cancellationToken);
        var source = place is null ? null : await places.Source(place.SourceId, cancellationToken);
        if (place is null || source is null || source.RemovedAt is not null || source.Origin == SourceOrigin.Restored || (source.PausedAt is not null && !isDryRun))
        {
            return null;
        }

        var begun = time.GetTimestamp();
        var outcome = new RefreshOutcome();
        string? newVersion = null;
        try
        {
            newVersion = await Read(new PlaceRun(place, source, source.ReadSettings(), order, isDryRun, outcome), cancellationToken);
        }
        catch (SupersededException e)
        {
            logger.LogDebug(e, "A reading ended early");
            return null;
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

    private async Task<string?> Read(PlaceRun run, CancellationToken cancellationToken)
    {
        var (place, source, settings) = (run.Place, run.Source, run.Settings);
        var reader = readers.Of(place.Type);
        if (reader.WhyNot(place.ToPlace()) is { } whyNot)
        {
            throw new PlaceException(whyNot, isGone: false);
        }

        foreach (var file in await places.Files(place.Id, cancellationToken))
        {
            run.Known[file.Path] = file;
        }

        var knownVersion = run.Order.ReadAll || source.Held is not null ? null : version.Known(place.Version, settings);
        var request = new PlaceRequest(place.ToPlace(), knownVersion, path => run.KnownHash(path, version))
        {
            Include = settings.Include,
            Exclude = settings.Exclude,
            DescriptorReaders = contributions.DescriptorReaders,
            MaxAge = run.Order.IsUrgent ? TimeSpan.Zero : OldestCopy,
        };
        PlaceReading found;
        try
        {
            found = await reader.Read(request, cancellationToken);
        }
        catch (PlaceException e) when (e.IsGone && settings.IsOptional && place.Depth == 0)
        {
            found = new PlaceReading(Version: null, Unchanged: false, AsyncEnumerable.Empty<PlaceFile>(), []);
        }

        if (found.Unchanged)
        {
            return place.Version;
        }

        await Declare(run, reader, found, cancellationToken);
        await withdrawing.Withdraw(run, cancellationToken);
        return found.Version is null ? null : version.Stamp(found.Version, settings);
    }

    /// <summary>Reads and processes on all cores; commits whatever is ready, so that a single change waits for nothing.</summary>
    private async Task Declare(PlaceRun run, IPlaceReader reader, PlaceReading found, CancellationToken cancellationToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = Channel.CreateBounded<FileOutcome>(new BoundedChannelOptions(256) { SingleReader = true });
        var producing = Task.Run(
            async () =>
            {
                try
                {
                    if (run.Place.Depth == 0 && run.Source.LocationRef is not null)
                    {
                        await ready.Writer.WriteAsync(await processing.Self(run, found, failed.Token), failed.Token);
                    }

                    await Parallel.ForEachAsync(
                        found.Files,
                        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = failed.Token },
                        async (file, token) =>
                        {
                            if (await processing.Process(run, reader, file, token) is { } outcome)
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

                await commit.Commit(run, batch, cancellationToken);
                batch.Clear();
            }
        }
        finally
        {
            await failed.CancelAsync();
            await producing;
        }
    }
}
