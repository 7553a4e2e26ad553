using System.Data.Common;
using Microsoft.Extensions.Logging;
using Stagedoor.DeadLetters.Store;
using Stagedoor.DeadLetters.Understanding;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Understands what has arrived and keeps it, whatever it takes: one message that cannot be kept does not hold up the others.</summary>
internal sealed class Keeping(Reading reading, IncomingStore store, ILogger<Keeping> logger)
{
    /// <exception cref="DatabaseUnavailableException">Nothing of it was kept, or nobody knows; do it again.</exception>
    public async Task<KeptArrivals> Keep(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var messages = new NewMessage[arrivals.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = await reading.Understand(arrivals[i], cancellationToken);
        }

        var outcome = new Outcome();
        await Keep(messages, 0, messages.Length, outcome, cancellationToken);
        return new KeptArrivals(outcome.Ids, outcome.Duplicates, outcome.Refused);
    }

    private async Task Keep(NewMessage[] messages, int from, int count, Outcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            var kept = await store.Keep(new ArraySegment<NewMessage>(messages, from, count), cancellationToken);
            outcome.Ids.AddRange(kept.Ids);
            outcome.Duplicates += kept.Duplicates;
        }
        catch (DbException refused) when (count == 1)
        {
            logger.LogError(refused, "The database refuses the dead letter {MessageId} of queue {Queue} from {Broker}; it stays with its sender.", messages[from].MessageId, messages[from].Queue, messages[from].Broker);
            outcome.Refused.Add(new RefusedArrival(from, refused.Message));
        }
        catch (DbException)
        {
            // One of them is the reason; halves find out which.
            var half = count / 2;
            await Keep(messages, from, half, outcome, cancellationToken);
            await Keep(messages, from + half, count - half, outcome, cancellationToken);
        }
    }

    private sealed class Outcome
    {
        public List<long> Ids { get; } = [];

        public int Duplicates { get; set; }

        public List<RefusedArrival> Refused { get; } = [];
    }
}

/// <param name="Ids">Of the new ones, in order.</param>
internal sealed record KeptArrivals(IReadOnlyList<long> Ids, int Duplicates, IReadOnlyList<RefusedArrival> Refused);

/// <summary>One that the database does not take.</summary>
internal sealed record RefusedArrival(int Index, string Reason);
