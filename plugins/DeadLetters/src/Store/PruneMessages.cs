using System.Globalization;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>Forgets messages whose retention is over, with their content, and trends that nobody asks for any more.</summary>
internal sealed class PruneMessages(IDatabase database, IOptions<DeadLettersOptions> options, TimeProvider time) : IScheduledJob
{
    private const int AtOnce = 2_000;
    private static readonly TimeSpan Trends = TimeSpan.FromDays(90);

    private static readonly TimeSpan Sessions = TimeSpan.FromDays(7);

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var retention = options.Value.Retention;
        var forgotten = await Forget(MessageState.Redelivered, now - retention.Redelivered, cancellationToken);
        forgotten += await Forget(MessageState.Deleted, now - retention.Deleted, cancellationToken);
        if (retention.Dead is { } dead)
        {
            forgotten += await Forget(MessageState.Dead, now - dead, cancellationToken);
        }

        await database.Execute("delete from dead_letters_hours where hour < @before", new { before = now - Trends }, cancellationToken);
        await database.Execute("delete from dead_letters_sessions where at < @before", new { before = now - Sessions }, cancellationToken);
        job.Summary = string.Create(CultureInfo.InvariantCulture, $"{forgotten} messages forgotten");
    }

    private async Task<int> Forget(MessageState state, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var all = 0;
        while (await database.Transaction(transaction => Forget(transaction, state, before, cancellationToken), cancellationToken) is var some and > 0)
        {
            all += some;
        }

        return all;
    }

    private static async Task<int> Forget(ITransaction transaction, MessageState state, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // Written out for each state, for the index over what is no longer dead has its state as a condition.
        var over = state == MessageState.Dead ? "state = 'Dead' and received_at < @before" : $"state = '{state}' and state <> 'Dead' and state_at < @before";
        var select = $"select id, service_id, cause_id, dead_at from dead_letters_messages where {over} order by id limit @AtOnce";
        var old = await transaction.Query<(long Id, long ServiceId, long CauseId, DateTimeOffset DeadAt)>(
            Sql.For(sqlite: select, postgres: select + " for update skip locked"), new { before, AtOnce }, cancellationToken);
        if (old.Count == 0)
        {
            return 0;
        }

        var ids = old.Select(row => row.Id).ToList();
        await transaction.Execute("delete from dead_letters_contents where message_id in @ids", new { ids }, cancellationToken);
        await transaction.Execute("delete from dead_letters_deeds where message_id in @ids", new { ids }, cancellationToken);
        await transaction.Execute("delete from dead_letters_messages where id in @ids", new { ids }, cancellationToken);
        await Counters.Apply(transaction, [.. old.Select(row => new CountChange(row.ServiceId, row.CauseId, state, To: null, row.DeadAt))], cancellationToken);
        return old.Count;
    }
}
