using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>Watches places that can be watched, and what lies beside their files, and sends for them when something changes.</summary>
internal sealed class PlaceWatch(PlaceStore places, PlaceReaders readers, RefreshWork work, IDatabase database, ILogger<PlaceWatch> log) : IBackgroundWork
{
    /// <summary>Told when there are new places.</summary>
    public const string Channel = "catalog.places";

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(Guid, string), IDisposable?> _watches = [];

    public async Task Run(CancellationToken stopping)
    {
        using var changed = new SemaphoreSlim(1);
        using var listed = database.Listen(Channel, (_, _) => Wake(changed));
        using var entities = database.Listen(ChangeLog.Channel, (_, _) => Wake(changed));
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await changed.WaitAsync(LookAgain, stopping);
                await Adjust(stopping);

                // Many changes in a row are one look.
                await Task.Delay(TimeSpan.FromSeconds(1), stopping);
            }
        }
        finally
        {
            foreach (var watch in _watches.Values)
            {
                watch?.Dispose();
            }

            _watches.Clear();
        }
    }

    private static Task Wake(SemaphoreSlim changed)
    {
        if (changed.CurrentCount == 0)
        {
            changed.Release();
        }

        return Task.CompletedTask;
    }

    private async Task Adjust(CancellationToken stopping)
    {
        var wanted = new Dictionary<(Guid, string), Place>();
        foreach (var place in await places.Places(stopping))
        {
            if (place.OrphanSince is null)
            {
                wanted[(place.Id, "")] = place.ToPlace();
            }
        }

        foreach (var (place, target) in await Beside(stopping))
        {
            var colon = target.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                wanted[(place, target)] = new Place(target[..colon], target[(colon + 1)..]);
            }
        }

        foreach (var (key, watch) in _watches.Where(watch => !wanted.ContainsKey(watch.Key)).ToList())
        {
            watch?.Dispose();
            _watches.Remove(key);
        }

        var begun = new HashSet<Guid>();
        foreach (var (key, place) in wanted.Where(pair => !_watches.ContainsKey(pair.Key)))
        {
            if (TryWatch(key.Item1, place, stopping, out var watch))
            {
                _watches[key] = watch;
                if (watch is not null)
                {
                    begun.Add(key.Item1);
                }
            }
        }

        // What happened between the last reading and the beginning of the watch was seen by nobody.
        await work.Add(begun, RefreshOrder.Usual, stopping);
    }

    private async Task<IReadOnlyList<(Guid Place, string Target)>> Beside(CancellationToken stopping)
    {
        var rows = await database.Query<BesideRow>("select place_id, beside from catalog_files where beside is not null", stopping);
        return [.. rows.SelectMany(row => (JsonSerializer.Deserialize<List<string>>(row.Beside) ?? []).Select(target => (row.PlaceId, target))).Distinct()];
    }

    /// <returns>False if it should be tried again later. A place of a type that cannot be watched has no watch.</returns>
    private bool TryWatch(Guid id, Place place, CancellationToken stopping, out IDisposable? watch)
    {
        try
        {
            watch = readers.Find(place.Type)?.Watch(place, () => _ = Send(id, stopping));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlaceException)
        {
            log.LogDebug(e, "{Place} cannot be watched at the moment; it is looked at now and then", place);
            watch = null;
            return false;
        }
    }

    private async Task Send(Guid id, CancellationToken stopping)
    {
        try
        {
            await work.Add([id], new RefreshOrder { IsUrgent = true }, stopping);
        }
        catch (Exception e) when (e is DatabaseUnavailableException or OperationCanceledException)
        {
            log.LogDebug(e, "A change was seen and not sent for; the schedule will");
        }
    }

    private sealed record BesideRow(Guid PlaceId, string Beside);
}
