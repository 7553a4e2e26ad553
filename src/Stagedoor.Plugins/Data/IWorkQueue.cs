namespace Stagedoor.Plugins;

/// <summary>
/// Durable work that replicas share. An item is claimed under a lease: whoever dies loses the lease, and another
/// takes over. A failed item waits longer each time, and after its last attempt is kept in the list of what gave up.
/// </summary>
public interface IWorkQueue
{
    /// <summary>
    /// Adds items. An item whose key already waits in the queue is not added again; it is made due if the new one is due earlier.
    /// </summary>
    Task Add(string queue, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken);

    /// <summary>Adds items when the transaction commits.</summary>
    Task Add(ITransaction transaction, string queue, IReadOnlyCollection<NewWork> items, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="max"/> due items, the oldest first, for the length of the lease.</summary>
    Task<IReadOnlyList<Work>> Claim(string queue, int max, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Keeps a claim for another lease. False if it was lost: stop, someone else has it.</summary>
    Task<bool> Renew(Work work, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes finished items. An item that was added again while it was worked on stays, due at once.</summary>
    Task Complete(IReadOnlyCollection<Work> work, CancellationToken cancellationToken);

    /// <summary>Gives an item back with the reason, to be tried again later, or to give up after its last attempt.</summary>
    Task Fail(Work work, string error, CancellationToken cancellationToken);

    /// <summary>Gives an item back untouched, due at once: this replica is stopping.</summary>
    Task Release(IReadOnlyCollection<Work> work, CancellationToken cancellationToken);

    Task<WorkQueueState> State(string queue, CancellationToken cancellationToken);

    Task<IReadOnlyList<GaveUpWork>> GaveUp(string queue, int offset, int limit, CancellationToken cancellationToken);

    /// <summary>Makes given-up items due again. Returns how many.</summary>
    Task<int> Retry(string queue, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Hears when something may be due in a queue. Look now and then as well.</summary>
    IDisposable WhenAdded(string queue, Func<CancellationToken, Task> heard);
}

/// <param name="Key">What the work is about; at most one item of a key is in a queue.</param>
/// <param name="Payload">JSON, or nothing.</param>
public sealed record NewWork(string Key, string? Payload = null)
{
    public DateTimeOffset? NotBefore { get; init; }

    public int MaxAttempts { get; init; } = 10;
}

/// <summary>An item in hand. <paramref name="Claim"/> is what proves the claim.</summary>
public sealed record Work(string Queue, string Key, string? Payload, int Attempt, Guid Claim, DateTimeOffset AddedAt);

public sealed record WorkQueueState(long Due, long Later, long Claimed, long GaveUp, DateTimeOffset? OldestDue);

public sealed record GaveUpWork(string Key, string? Payload, int Attempts, string Error, DateTimeOffset AddedAt, DateTimeOffset GaveUpAt);
