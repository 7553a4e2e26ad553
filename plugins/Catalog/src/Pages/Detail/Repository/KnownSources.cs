using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>
/// Remembers what the folders of entities have told. A page takes what is remembered and never waits for git; what may be out of date is
/// looked at again behind its back.
/// </summary>
internal sealed class KnownSources(EntityFolders folders, SourceReading reading, TimeProvider time, ILogger<KnownSources> log) : IDisposable
{
    private const int Most = 400;
    private const long MostBytes = 64 * 1024 * 1024;
    private const int AtOnce = 4;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <summary>What is remembered; nothing if nobody has looked yet.</summary>
    public SourceFacts? Peek(Entity entity)
    {
        if (folders.Of(entity) is not { } folder || !_known.TryGetValue(folder.Key, out var known) || known.Facts is not { } facts)
        {
            return null;
        }

        known.UsedAt = time.GetUtcNow();
        if (known.UsedAt - known.LookedAt > Fresh)
        {
            _ = Look(folder, known);
        }

        return facts;
    }

    /// <summary>Looks if need be, and waits for it as long as the caller has patience.</summary>
    public async Task<SourceFacts> Load(Entity entity, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (folders.Of(entity) is not { } folder)
        {
            return new SourceFacts(null, null, [], [], null);
        }

        var known = _known.GetOrAdd(folder.Key, _ => new Known());
        known.UsedAt = time.GetUtcNow();
        if (known.Facts is { } facts && known.UsedAt - known.LookedAt <= Fresh)
        {
            return facts;
        }

        try
        {
            return await Look(folder, known).WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return known.Facts ?? SourceFacts.Unknown("Its repository takes long to read. Look again in a moment.");
        }
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Those who come while somebody looks share what is found.</summary>
    private Task<SourceFacts> Look(EntityFolder folder, Known known)
    {
        lock (known)
        {
            return known.Looking is { IsCompleted: false } looking ? looking : known.Looking = Task.Run(() => Read(folder, known));
        }
    }

    private async Task<SourceFacts> Read(EntityFolder folder, Known known)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        SourceFacts facts;
        try
        {
            await _turns.WaitAsync(limit.Token);
            try
            {
                facts = await reading.Read(folder, known.Facts, limit.Token);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OutboundException e)
        {
            facts = known.Facts is { WhyNot: null } former ? former : SourceFacts.Unknown(e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            facts = known.Facts ?? SourceFacts.Unknown("Its repository took too long to read.");
        }
        catch (Exception e)
        {
            log.LogError(e, "The folder {Folder} could not be looked at", folder.Key);
            facts = known.Facts ?? SourceFacts.Unknown("It could not be read; the portal's log says why.");
        }

        known.Facts = facts;
        known.LookedAt = time.GetUtcNow();
        MakeRoom(known);
        return facts;
    }

    /// <summary>Forgets what was used longest ago, but neither what has just been read nor what somebody is reading.</summary>
    private void MakeRoom(Known read)
    {
        var (count, bytes) = (_known.Count, _known.Sum(known => known.Value.Facts?.Bytes ?? 0));
        foreach (var (key, known) in _known.Where(known => known.Value != read && known.Value.Looking is null or { IsCompleted: true }).OrderBy(known => known.Value.UsedAt).ToList())
        {
            if (count <= Most && bytes <= MostBytes)
            {
                return;
            }

            if (_known.TryRemove(key, out _))
            {
                count--;
                bytes -= known.Facts?.Bytes ?? 0;
            }
        }
    }

    private sealed class Known
    {
        public SourceFacts? Facts { get; set; }

        public DateTimeOffset LookedAt { get; set; }

        public DateTimeOffset UsedAt { get; set; }

        public Task<SourceFacts>? Looking { get; set; }
    }
}
