using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>Messages, to read: pages of a list, one with its content, how many match.</summary>
internal sealed class MessageStore(IDatabase database)
{
    /// <summary>As many branches as one statement may have on SQLite is 500.</summary>
    private const int MostBranches = 100;

    private const int MostOfSearch = 40_000;
    private const int LeastOfBranch = 1_000;

    private const string Columns =
        """
        m.id, m.env, m.broker, s.name as service, s.squad, m.cause_id, m.state, m.dead_at, m.received_at, m.queue, m.exchange, m.routing_key, m.message_id,
        m.correlation_id, m.type, m.content_type, m.error, m.error_type, m.reason, m.deaths, m.body_size, m.problem, m.copies, m.lineage, m.redelivery,
        m.came_back_at, m.version, m.state_at, m.actor, m.operation, m.outcome
        """;

    public Task<DeadMessage?> Find(long id, CancellationToken cancellationToken) =>
        database.Find<DeadMessage>(
            $"select {Columns} from dead_letters_messages m join dead_letters_services s on s.id = m.service_id where m.id = @id", new { id }, cancellationToken);

    public Task<MessageContent?> Content(long id, CancellationToken cancellationToken) =>
        database.Find<MessageContent>("select properties, headers, routing_keys, body from dead_letters_contents where message_id = @id", new { id }, cancellationToken);

    /// <summary>All deaths of what was once one message, the first first.</summary>
    public Task<IReadOnlyList<DeadMessage>> Lineage(long root, CancellationToken cancellationToken) =>
        database.Query<DeadMessage>(
            $"""
             select {Columns} from dead_letters_messages m join dead_letters_services s on s.id = m.service_id
             where m.id in (select id from dead_letters_messages where id = @root union all select id from dead_letters_messages where lineage = @root)
             order by m.id limit 500
             """,
            new { root }, cancellationToken);

    public Task<IReadOnlyList<Deed>> Deeds(long id, CancellationToken cancellationToken) =>
        database.Query<Deed>("select id, at, what, actor, operation, note from dead_letters_deeds where message_id = @id order by id desc limit 200", new { id }, cancellationToken);

    /// <summary>
    /// A page, newest death first. What comes after a place costs the same however far it is. Where no index leads to what is
    /// asked for, no more than a part is looked through at once, and the page says where to go on.
    /// </summary>
    public async Task<MessagePage> List(MessageQuery query, ListPlace? after, int limit, CancellationToken cancellationToken)
    {
        var filter = new MessageFilter(query);
        filter.Value("limit", limit);
        if (after is { } place)
        {
            filter.Clause("(m.dead_at, m.id) < (@atPlace, @idPlace)");
            filter.Value("atPlace", place.DeadAt);
            filter.Value("idPlace", place.Id);
        }

        var branches = await Branches(query, filter, cancellationToken);
        if (branches.Count == 0)
        {
            return new MessagePage([], Next: null, IsPart: false);
        }

        var end = query.IsSearch ? await EndOfSearch(query, after, branches, filter, cancellationToken) : null;
        if (end is { } last)
        {
            filter.Clause("(m.dead_at, m.id) >= (@atEnd, @idEnd)");
            filter.Value("atEnd", last.DeadAt);
            filter.Value("idEnd", last.Id);
        }

        // Each branch is read from its index in order and no further than a page, and only the page itself is looked up.
        var parts = branches.Select((branch, i) =>
            $"select * from (select m.dead_at, m.id from dead_letters_messages m where {filter.Where(branch)} order by m.dead_at desc, m.id desc limit @limit) b{i}");
        var messages = await database.Query<DeadMessage>(
            $"""
             select {Columns} from (select u.id from ({string.Join(" union all ", parts)}) u order by u.dead_at desc, u.id desc limit @limit) p
             join dead_letters_messages m on m.id = p.id join dead_letters_services s on s.id = m.service_id order by m.dead_at desc, m.id desc
             """,
            filter.Values, cancellationToken);
        return messages.Count == limit
            ? new MessagePage(messages, new ListPlace(messages[^1].DeadAt, messages[^1].Id), IsPart: false)
            : new MessagePage(messages, end, IsPart: end is not null);
    }

    /// <summary>How far one search looks: so many messages in all, spread over the branches. Nothing if that is all there are.</summary>
    private async Task<ListPlace?> EndOfSearch(MessageQuery query, ListPlace? after, IReadOnlyList<string> branches, MessageFilter filter, CancellationToken cancellationToken)
    {
        var from = after is null ? "" : " and (m.dead_at, m.id) < (@atPlace, @idPlace)";
        var until = query.Until is null ? "" : " and m.dead_at < @until";
        filter.Value("step", Math.Max(LeastOfBranch, MostOfSearch / branches.Count) - 1);
        var parts = branches.Select((branch, i) =>
            $"select * from (select m.dead_at, m.id from dead_letters_messages m where {branch}{from}{until} order by m.dead_at desc, m.id desc limit 1 offset @step) b{i}");
        return await database.Find<EndRow>($"select u.dead_at, u.id from ({string.Join(" union all ", parts)}) u order by u.dead_at desc, u.id desc limit 1", filter.Values, cancellationToken)
            is { } end ? new ListPlace(end.DeadAt, end.Id) : null;
    }

    /// <summary>How many match; from the counters where they know.</summary>
    public async Task<long> Count(MessageQuery query, CancellationToken cancellationToken)
    {
        if (query.IsCounted)
        {
            var (table, cause) = query.Cause is null ? ("dead_letters_service_counts", "") : ("dead_letters_counts", " and c.cause_id = @cause");
            var sum = string.Join(" + ", query.States.Distinct().Select(state => $"c.{state.ToString().ToLowerInvariant()}"));
            return query.States.Count == 0 ? 0 : await database.Find<long>(
                $"""
                 select cast(coalesce(sum({sum}), 0) as bigint) from {table} c join dead_letters_services s on s.id = c.service_id
                 where s.env = @env and (@service is null or s.name = @service) and (@squad is null or s.squad = @squad){cause}
                 """,
                new { env = query.Env, service = query.Service, squad = query.Squad, cause = query.Cause ?? 0 }, cancellationToken);
        }

        var filter = new MessageFilter(query);
        var branches = await Branches(query, filter, cancellationToken);
        var count = 0L;
        foreach (var branch in branches)
        {
            count += await database.Find<long>($"select count(*) from dead_letters_messages m where {filter.Where(branch)}", filter.Values, cancellationToken);
        }

        return count;
    }

    /// <summary>The largest id there is: what <see cref="MessageQuery.UpTo"/> holds a selection to.</summary>
    public Task<long> Last(CancellationToken cancellationToken) =>
        database.Find<long>("select coalesce(max(id), 0) from dead_letters_messages", cancellationToken);

    /// <summary>All that match, in the order in which they are to be handled: by queue and key, and there as they died.</summary>
    public async IAsyncEnumerable<MessageInLine> Line(MessageQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new MessageFilter(query);
        var branches = await Branches(query, filter, cancellationToken);
        if (branches.Count == 0)
        {
            yield break;
        }

        var any = string.Join(" or ", branches.Select(branch => $"({branch})"));
        await foreach (var message in database.Stream<MessageInLine>(
            $"select m.id, m.queue, m.order_key from dead_letters_messages m where {filter.Where($"({any})")} order by m.queue, m.order_key, m.dead_at, m.id", filter.Values, cancellationToken))
        {
            yield return message;
        }
    }

    /// <summary>
    /// The conditions that lead to the messages, so that each is one way through one index: by id, by cause, by service, or all of
    /// an environment. <c>m.env || ''</c> says the same as <c>m.env</c> and keeps SQLite, which does not know how many there are of each, from its index.
    /// </summary>
    private async Task<IReadOnlyList<string>> Branches(MessageQuery query, MessageFilter filter, CancellationToken cancellationToken)
    {
        var states = query.States.Distinct().ToList();
        for (var i = 0; i < states.Count; i++)
        {
            filter.Value($"state{i}", states[i]);
        }

        var among = "";
        if (query.Service is not null || query.Squad is not null)
        {
            var services = await database.Query<long>(
                "select id from dead_letters_services where env = @env and (@service is null or name = @service) and (@squad is null or squad = @squad) order by id",
                new { env = query.Env, service = query.Service, squad = query.Squad }, cancellationToken);
            if (services.Count == 0)
            {
                return [];
            }

            if (query is { Cause: null, MessageId: null, CorrelationId: null } && services.Count * states.Count <= MostBranches)
            {
                for (var i = 0; i < services.Count; i++)
                {
                    filter.Value($"service{i}", services[i]);
                }

                return [.. services.SelectMany((_, s) => states.Select((_, i) => $"m.service_id = @service{s} and m.state = @state{i}"))];
            }

            filter.Value("services", services);
            among = " and m.service_id + 0 in @services";
        }

        return query switch
        {
            { MessageId: not null } or { CorrelationId: not null } => [.. states.Select((_, i) => $"m.env || '' = @env and m.state || '' = @state{i}{among}")],
            { Cause: not null } => [.. states.Select((_, i) => $"m.cause_id = @cause and m.state = @state{i} and m.env || '' = @env{among}")],
            _ => [.. states.Select((_, i) => $"m.env = @env and m.state = @state{i}{among}")],
        };
    }

    private sealed record EndRow(DateTimeOffset DeadAt, long Id);
}
