using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>One message's effect on the counters.</summary>
internal readonly record struct CountChange(long ServiceId, long CauseId, MessageState? From, MessageState? To, DateTimeOffset DeadAt);

/// <summary>Keeps the counters in step with the messages, always in one order so that two replicas never wait for each other in a circle.</summary>
internal static class Counters
{
    private const string Add =
        """
        do update set
            dead = {0}.dead + excluded.dead, redelivering = {0}.redelivering + excluded.redelivering,
            redelivered = {0}.redelivered + excluded.redelivered, deleted = {0}.deleted + excluded.deleted,
            first_at = case when excluded.first_at < {0}.first_at then excluded.first_at else {0}.first_at end,
            last_at = case when excluded.last_at > {0}.last_at then excluded.last_at else {0}.last_at end
        """;

    private static readonly IReadOnlyList<BulkColumn<CountRow>> Counts =
    [
        BulkColumn<CountRow>.Of("dead", row => row.Dead),
        BulkColumn<CountRow>.Of("redelivering", row => row.Redelivering),
        BulkColumn<CountRow>.Of("redelivered", row => row.Redelivered),
        BulkColumn<CountRow>.Of("deleted", row => row.Deleted),
        BulkColumn<CountRow>.Of("first_at", row => row.FirstAt),
        BulkColumn<CountRow>.Of("last_at", row => row.LastAt),
    ];

    private static readonly BulkInsert<CountRow> OfServices = new(
        "dead_letters_service_counts",
        [BulkColumn<CountRow>.Of("service_id", row => row.ServiceId), .. Counts],
        "(service_id) " + Add.Replace("{0}", "dead_letters_service_counts", StringComparison.Ordinal));

    private static readonly BulkInsert<CountRow> OfCauses = new(
        "dead_letters_counts",
        [BulkColumn<CountRow>.Of("service_id", row => row.ServiceId), BulkColumn<CountRow>.Of("cause_id", row => row.CauseId), .. Counts],
        "(service_id, cause_id) " + Add.Replace("{0}", "dead_letters_counts", StringComparison.Ordinal));

    private static readonly BulkInsert<HourRow> OfHours = new(
        "dead_letters_hours",
        [
            BulkColumn<HourRow>.Of("service_id", row => row.ServiceId),
            BulkColumn<HourRow>.Of("cause_id", row => row.CauseId),
            BulkColumn<HourRow>.Of("hour", row => row.Hour),
            BulkColumn<HourRow>.Of("arrived", row => row.Arrived),
        ],
        "(service_id, cause_id, hour) do update set arrived = dead_letters_hours.arrived + excluded.arrived");

    public static async Task Apply(ITransaction transaction, IReadOnlyCollection<CountChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var services = changes.GroupBy(change => change.ServiceId).OrderBy(group => group.Key).Select(group => Sum(group.Key, 0, group));
        await transaction.Insert(OfServices, services.ToList(), cancellationToken);
        var causes = changes.GroupBy(change => (change.ServiceId, change.CauseId)).OrderBy(group => group.Key).Select(group => Sum(group.Key.ServiceId, group.Key.CauseId, group));
        await transaction.Insert(OfCauses, causes.ToList(), cancellationToken);
        var hours = changes.Where(change => change.From is null)
            .GroupBy(change => (change.ServiceId, change.CauseId, Hour: HourOf(change.DeadAt))).OrderBy(group => group.Key)
            .Select(group => new HourRow(group.Key.ServiceId, group.Key.CauseId, group.Key.Hour, group.LongCount()));
        await transaction.Insert(OfHours, hours.ToList(), cancellationToken);
    }

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static CountRow Sum(long service, long cause, IEnumerable<CountChange> changes)
    {
        var counts = new long[Enum.GetValues<MessageState>().Length];
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var change in changes)
        {
            if (change.From is { } from)
            {
                counts[(int)from]--;
            }

            if (change.To is { } to)
            {
                counts[(int)to]++;
            }

            first = change.DeadAt < first ? change.DeadAt : first;
            last = change.DeadAt > last ? change.DeadAt : last;
        }

        return new CountRow(
            service, cause, counts[(int)MessageState.Dead], counts[(int)MessageState.Redelivering], counts[(int)MessageState.Redelivered], counts[(int)MessageState.Deleted], first, last);
    }

    private sealed record CountRow(
        long ServiceId, long CauseId, long Dead, long Redelivering, long Redelivered, long Deleted, DateTimeOffset FirstAt, DateTimeOffset LastAt);

    private sealed record HourRow(long ServiceId, long CauseId, DateTimeOffset Hour, long Arrived);
}
