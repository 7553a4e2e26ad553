using System.Data.Common;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>Puts what arrives into the books, many at once and each death once.</summary>
internal sealed class IncomingStore(IDatabase database)
{
    /// <summary>The channel on which replicas hear that there is something new.</summary>
    public const string Changed = "dead-letters.changed";

    private const int Attempts = 5;

    // A unique key that another replica has just written, a deadlock, a serialisation failure: the next attempt sees what is there.
    private static readonly HashSet<string> Collisions = new(StringComparer.Ordinal) { "23505", "40P01", "40001" };

    public async Task<Kept> Keep(IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.Transaction(transaction => Keep(transaction, messages, cancellationToken), cancellationToken);
            }
            catch (DbException collision) when (attempt < Attempts && collision.SqlState is { } state && Collisions.Contains(state))
            {
                // Another replica was quicker; look again.
            }
        }
    }

    private static async Task<Kept> Keep(ITransaction transaction, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        var (fresh, again) = await Sorting.Sort(transaction, messages, cancellationToken);
        await Sorting.Remember(transaction, messages, cancellationToken);
        if (fresh.Count == 0)
        {
            await Sorting.CountCopies(transaction, again, cancellationToken);
            return new Kept([], again.Count);
        }

        var services = await Places.Services(transaction, fresh.Select(one => one.Message), cancellationToken);
        var causes = await Places.Causes(transaction, fresh.Select(one => one.Message), cancellationToken);
        var lineages = await KnownForerunners(transaction, fresh.Select(one => one.Message), cancellationToken);
        var ids = await NewIds(transaction, fresh.Count, cancellationToken);
        var rows = new MessageRow[fresh.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var (message, occurrence) = fresh[i];
            var lineage = message.Forerunner is { } forerunner && lineages.TryGetValue((message.Env, forerunner), out var root) ? root : (long?)null;
            rows[i] = new MessageRow(
                ids[i], services[(message.Env, message.Service)], causes[(message.Env, message.Fingerprint)], occurrence, lineage,
                lineage is null ? message with { Redelivery = 0 } : message);
        }

        await transaction.Insert(MessageRow.Messages, rows, cancellationToken);
        await transaction.Insert(MessageRow.Contents, rows, cancellationToken);
        await Sorting.CountCopies(transaction, again, cancellationToken);
        await CameBack(transaction, rows, cancellationToken);
        await Counters.Apply(
            transaction, [.. rows.Select(row => new CountChange(row.ServiceId, row.CauseId, From: null, MessageState.Dead, row.Message.DeadAt))], cancellationToken);
        await transaction.Notify(Changed, "", cancellationToken);
        return new Kept(ids, again.Count);
    }

    /// <summary>Of those that say whose redelivery they are: the first death in the line, if there is such a message.</summary>
    private static async Task<Dictionary<(string Env, long Forerunner), long>> KnownForerunners(
        ITransaction transaction, IEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(message => message.Forerunner).OfType<long>().Distinct().ToList();
        return ids.Count == 0
            ? []
            : (await transaction.Query<(string Env, long Id, long Root)>(
                "select env, id, coalesce(lineage, id) from dead_letters_messages where id in @ids", new { ids }, cancellationToken))
            .ToDictionary(row => (row.Env, row.Id), row => row.Root);
    }

    private static async Task CameBack(ITransaction transaction, MessageRow[] rows, CancellationToken cancellationToken)
    {
        var back = rows.Where(row => row.Lineage is not null).ToList();
        if (back.Count > 0)
        {
            await transaction.Execute(
                Sql.For(
                    sqlite: "update dead_letters_messages set came_back_at = @at where id in @ids and came_back_at is null",
                    postgres:
                    """
                    update dead_letters_messages set came_back_at = @at
                    where id in (select id from dead_letters_messages where id in @ids and came_back_at is null order by id for update)
                    """),
                new { at = back.Max(row => row.Message.ReceivedAt), ids = back.Select(row => row.Message.Forerunner!.Value).Distinct().ToList() }, cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<long>> NewIds(ITransaction transaction, int count, CancellationToken cancellationToken)
    {
        if (transaction.Dialect == Dialect.Postgres)
        {
            return await transaction.Query<long>(
                "select nextval(pg_get_serial_sequence('dead_letters_messages', 'id')) from generate_series(1, @count)", new { count }, cancellationToken);
        }

        var last = await transaction.Find<long>("select coalesce(max(seq), 0) from sqlite_sequence where name = 'dead_letters_messages'", args: null, cancellationToken);
        return [.. Enumerable.Range(1, count).Select(n => last + n)];
    }
}
