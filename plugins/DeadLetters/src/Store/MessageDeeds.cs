using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>
/// Changes of state, for many messages at once. Whoever redelivers claims first: a claim has a token and a lease, and only its
/// token can say what came of it, so two people and two replicas never act on the same message.
/// </summary>
internal sealed class MessageDeeds(IDatabase database, TimeProvider time)
{
    private static readonly BulkInsert<DeedRow> NewDeeds = new(
        "dead_letters_deeds",
        [
            BulkColumn<DeedRow>.Of("message_id", row => row.MessageId),
            BulkColumn<DeedRow>.Of("at", row => row.At),
            BulkColumn<DeedRow>.Of("what", row => row.What),
            BulkColumn<DeedRow>.Of("actor", row => row.Actor),
            BulkColumn<DeedRow>.Of("operation", row => row.Operation),
            BulkColumn<DeedRow>.Of("note", row => row.Note),
        ]);

    /// <summary>
    /// Takes messages in hand to send them again: those that are dead, those this operation had in hand when it was interrupted,
    /// and those whose lease is over. The others are somebody else's, gone, or sent already.
    /// </summary>
    public Task<Claim> Claim(IReadOnlyCollection<long> ids, Guid operation, string actor, TimeSpan lease, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var now = time.GetUtcNow();
                var token = Guid.CreateVersion7(now);
                var before = await transaction.Query<Stand>(
                    Sql.For(sqlite: Claimable, postgres: Claimable + " order by id for update"), new { ids, operation, now }, cancellationToken);
                var taken = before.Select(stand => stand.Id).ToList();
                await transaction.Execute(
                    """
                    update dead_letters_messages set state = 'Redelivering', version = version + 1, state_at = @now, actor = @actor, operation = @operation,
                        claim = @token, lease_until = @until, outcome = null
                    where id in @taken
                    """,
                    new { taken, now, actor, operation, token, until = now + lease }, cancellationToken);
                await Counters.Apply(transaction, [.. before.Select(stand => stand.To(MessageState.Redelivering))], cancellationToken);
                return new Claim(token, taken);
            },
            cancellationToken);

    /// <summary>Keeps what is not settled yet for another lease. How many are still in hand: fewer than expected means that somebody else took over.</summary>
    public Task<int> Renew(Guid claim, TimeSpan lease, CancellationToken cancellationToken) =>
        database.Execute(
            "update dead_letters_messages set lease_until = @until where claim = @claim and state = 'Redelivering'",
            new { claim, until = time.GetUtcNow() + lease }, cancellationToken);

    /// <summary>The broker has these.</summary>
    public Task<int> Redelivered(Guid claim, IReadOnlyCollection<long> ids, string actor, Guid operation, CancellationToken cancellationToken) =>
        Settle(claim, ids, MessageState.Redelivered, "redelivered", actor, operation, outcome: null, cancellationToken);

    /// <summary>The broker does not have these, or nobody knows: they are dead as before, with the reason.</summary>
    public Task<int> NotRedelivered(Guid claim, IReadOnlyCollection<long> ids, string actor, Guid operation, string outcome, CancellationToken cancellationToken) =>
        Settle(claim, ids, MessageState.Dead, "not redelivered", actor, operation, outcome, cancellationToken);

    /// <summary>Gives back what nobody has in hand any more, after a time in which its operation would have come back to it.</summary>
    public Task<int> GiveBack(TimeSpan grace, string outcome, CancellationToken cancellationToken) =>
        Change(
            "state = 'Redelivering' and lease_until < @before", new Dictionary<string, object?>(StringComparer.Ordinal) { ["before"] = time.GetUtcNow() - grace }, MessageState.Dead,
            "given back", "portal", operation: null, outcome, cancellationToken);

    /// <summary>Puts dead messages away. They can be restored until retention ends.</summary>
    public Task<int> Delete(IReadOnlyCollection<long> ids, string actor, Guid? operation, string? reason, CancellationToken cancellationToken) =>
        Change("id in @ids and state = 'Dead'", Ids(ids), MessageState.Deleted, "deleted", actor, operation, reason, cancellationToken);

    public Task<int> Restore(IReadOnlyCollection<long> ids, string actor, Guid? operation, string? reason, CancellationToken cancellationToken) =>
        Change("id in @ids and state = 'Deleted'", Ids(ids), MessageState.Dead, "restored", actor, operation, reason, cancellationToken);

    private const string Claimable =
        """
        select id, service_id, cause_id, state, dead_at from dead_letters_messages
        where id in @ids and (state = 'Dead' or (state = 'Redelivering' and (operation = @operation or lease_until < @now)))
        """;

    private static Dictionary<string, object?> Ids(IReadOnlyCollection<long> ids) => new(StringComparer.Ordinal) { ["ids"] = ids };

    private Task<int> Settle(
        Guid claim, IReadOnlyCollection<long> ids, MessageState to, string what, string actor, Guid operation, string? outcome, CancellationToken cancellationToken) =>
        Change(
            "id in @ids and claim = @claim and state = 'Redelivering'",
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["ids"] = ids, ["claim"] = claim }, to, what, actor, operation, outcome, cancellationToken);

    private Task<int> Change(
        string which, Dictionary<string, object?> values, MessageState to, string what, string actor, Guid? operation, string? note, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                var now = time.GetUtcNow();
                var select = $"select id, service_id, cause_id, state, dead_at from dead_letters_messages where {which}";
                var before = await transaction.Query<Stand>(Sql.For(sqlite: select, postgres: select + " order by id for update"), values, cancellationToken);
                if (before.Count == 0)
                {
                    return 0;
                }

                await transaction.Execute(
                    """
                    update dead_letters_messages set state = @to, version = version + 1, state_at = @now, actor = @actor, claim = null, lease_until = null,
                        operation = coalesce(@operation, operation), outcome = @note
                    where id in @changed
                    """,
                    new { to, now, actor, operation, note, changed = before.Select(stand => stand.Id).ToList() }, cancellationToken);
                await transaction.Insert(NewDeeds, before.Select(stand => new DeedRow(stand.Id, now, what, actor, operation, note)), cancellationToken);
                await Counters.Apply(transaction, [.. before.Select(stand => stand.To(to))], cancellationToken);
                await transaction.Notify(IncomingStore.Changed, "", cancellationToken);
                return before.Count;
            },
            cancellationToken);

    private sealed record Stand(long Id, long ServiceId, long CauseId, MessageState State, DateTimeOffset DeadAt)
    {
        public CountChange To(MessageState to) => new(ServiceId, CauseId, State, to, DeadAt);
    }

    private sealed record DeedRow(long MessageId, DateTimeOffset At, string What, string Actor, Guid? Operation, string? Note);
}

/// <summary>Messages in hand.</summary>
/// <param name="Token">What proves it.</param>
internal sealed record Claim(Guid Token, IReadOnlyList<long> Ids);
