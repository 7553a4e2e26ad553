using System.Text.Json;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations.Running;

/// <summary>What a handler holds of its run.</summary>
internal sealed class RunContext(TakenUp taken, Guid claim, RunStore store, RunJournal journal, RunSteering steering, TimeProvider time) : OperationContext
{
    private readonly Lock _lock = new();

    public override Operation Operation => taken.Subject;

    /// <summary>Items that failed since the last one that did not.</summary>
    public int FailuresInARow { get; private set; }

    public override T Input<T>() => OperationStore.Deserialise<T>(taken.Subject.Input);

    public override async Task<T?> LoadCheckpoint<T>(CancellationToken cancellationToken)
        where T : default
    {
        var json = await store.LoadCheckpoint(taken.Own.Id, cancellationToken);
        return json is null ? default : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
    }

    public override async Task SaveCheckpoint<T>(T checkpoint, CancellationToken cancellationToken)
    {
        // First what was done, then how far that is.
        await journal.FlushPatiently(cancellationToken);
        var sight = await store.SaveCheckpoint(taken.Own.Id, claim, JsonSerializer.Serialize(checkpoint, JsonSerializerOptions.Web), cancellationToken);
        steering.Saw(sight);
        steering.ThrowIfStopping();
    }

    public override async Task Log(OperationLogLevel level, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        journal.Say(level, text);
        if (journal.IsFull)
        {
            await journal.FlushPatiently(cancellationToken);
        }
    }

    public override Task Progress(long done, long? total, string? message, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        journal.Progress(done, total, message);
        steering.ThrowIfStopping();
        return Task.CompletedTask;
    }

    public override async Task Each<T>(
        IReadOnlyList<T> items, Func<T, string> key, Func<T, CancellationToken, Task<ItemResult>> handle, EachOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(handle);
        options ??= new EachOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.InFlight, 1, nameof(options));

        var left = await WhatIsLeft(items, key, cancellationToken);
        steering.ThrowIfStopping();
        var next = -1;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, steering.Token);
        var token = either.Token;
        using var holding = steering.HoldingItems();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(options.InFlight, left.Count)).Select(_ => Task.Run(Work, CancellationToken.None)));
        steering.ThrowIfStopping();
        token.ThrowIfCancellationRequested();
        await journal.FlushPatiently(token);
        steering.ThrowIfStopping();

        async Task Work()
        {
            try
            {
                while (!steering.IsStopping && !token.IsCancellationRequested)
                {
                    await steering.PassRateLimit(token);
                    var index = Interlocked.Increment(ref next);
                    if (steering.IsStopping || index >= left.Count)
                    {
                        return;
                    }

                    var (itemKey, item) = left[index];
                    if (await Handle(item, handle, token) is not { } result)
                    {
                        return;
                    }

                    journal.Add(new OperationItem(itemKey, result.Outcome, PlainText.CutOrNull(result.Message, OperationStore.LongestText), time.GetUtcNow()));
                    CountFailures(result, options.PauseAfterFailuresInARow);
                    if (journal.IsFull)
                    {
                        await journal.FlushPatiently(token);
                    }
                }
            }
            catch (OperationCanceledException) when (steering.IsStopping)
            {
                // The reason is told once, when all that is in hand has ended.
            }
            catch
            {
                // What cannot be recorded must not be followed by more of it.
                Volatile.Write(ref next, left.Count);
                throw;
            }
        }
    }

    /// <summary>The result of one item. Nothing when it was cut short and is to be handled again.</summary>
    private static async Task<ItemResult?> Handle<T>(T item, Func<T, CancellationToken, Task<ItemResult>> handle, CancellationToken cancellationToken)
    {
        try
        {
            return await handle(item, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (StopRunException)
        {
            return null;
        }
        catch (DatabaseUnavailableException)
        {
            // Not the item's fault: the run ends here, and goes on with this item once the database is back.
            throw;
        }
        catch (Exception problem)
        {
            return ItemResult.Failed(string.IsNullOrWhiteSpace(problem.Message) ? problem.GetType().Name : problem.Message);
        }
    }

    private async Task<List<(string Key, T Item)>> WhatIsLeft<T>(IReadOnlyList<T> items, Func<T, string> key, CancellationToken cancellationToken)
    {
        await journal.FlushPatiently(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var recorded in store.RecordedKeys(taken.Own.Id, cancellationToken))
        {
            known.Add(recorded);
        }

        var before = known.Count;
        var asked = new HashSet<string>(items.Count, StringComparer.Ordinal);
        var left = new List<(string Key, T Item)>();
        foreach (var item in items)
        {
            var itemKey = key(item);
            if (string.IsNullOrEmpty(itemKey) || itemKey.Length > RunStore.LongestKey || itemKey.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException($"The key of an item has 1 to {RunStore.LongestKey} characters; '{PlainText.Cut(itemKey ?? "", 80)}' does not do.", nameof(key));
            }

            if (!asked.Add(itemKey))
            {
                throw new ArgumentException($"Two items have the key '{PlainText.Cut(itemKey, 80)}'. A key names one item of the operation.", nameof(key));
            }

            if (!known.Contains(itemKey))
            {
                left.Add((itemKey, item));
            }
        }

        journal.Progress(done: null, before + left.Count, message: null);
        await journal.FlushPatiently(cancellationToken);
        return left;
    }

    private void CountFailures(ItemResult result, int? most)
    {
        lock (_lock)
        {
            FailuresInARow = result.Outcome == ItemOutcome.Failed ? FailuresInARow + 1 : 0;
            if (most is { } limit && FailuresInARow >= limit)
            {
                steering.StopAfterFailures($"Paused after {FailuresInARow} failures in a row. The last: {result.Message}");
            }
        }
    }
}
