using System.Collections.Concurrent;

namespace Stagedoor.DeadLetters.Ingest;

internal enum BrokerStatus
{
    Off,
    Connecting,
    Reading,

    /// <summary>Connected, but what arrives cannot be kept at the moment.</summary>
    Waiting,
    Unreachable,
}

/// <summary>How reading from a broker goes, on this replica.</summary>
/// <param name="Sentence">What is wrong and what helps; nothing if all is well.</param>
internal sealed record BrokerState(string Name, string Env, BrokerStatus Status, string? Sentence, DateTimeOffset Since)
{
    public long Kept { get; init; }

    public long Duplicates { get; init; }

    /// <summary>Messages that are held because the database refuses them. They stay on the broker.</summary>
    public long Refused { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    public bool IsWell => Status is BrokerStatus.Off or BrokerStatus.Reading && Refused == 0;
}

/// <summary>The states of all brokers.</summary>
internal sealed class BrokerStates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, BrokerState> _states = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<BrokerState> All => [.. _states.Values.OrderBy(state => state.Env, StringComparer.Ordinal).ThenBy(state => state.Name, StringComparer.Ordinal)];

    public BrokerState? Find(string name) => _states.GetValueOrDefault(name);

    public void Is(string name, string env, BrokerStatus status, string? sentence = null) => _states.AddOrUpdate(
        name,
        _ => new BrokerState(name, env, status, sentence, time.GetUtcNow()),
        (_, before) => before with { Status = status, Sentence = sentence, Since = before.Status == status ? before.Since : time.GetUtcNow() });

    public void Kept(string name, int kept, int duplicates, int refused) => Change(name, before => before with
    {
        Kept = before.Kept + kept, Duplicates = before.Duplicates + duplicates, Refused = before.Refused + refused, LastAt = time.GetUtcNow(),
    });

    /// <summary>The broker has what was held, and will hand it over again.</summary>
    public void GaveBack(string name) => Change(name, before => before with { Refused = 0 });

    private void Change(string name, Func<BrokerState, BrokerState> change)
    {
        while (_states.TryGetValue(name, out var before) && !_states.TryUpdate(name, change(before), before))
        {
            // Somebody else changed it in between.
        }
    }
}
