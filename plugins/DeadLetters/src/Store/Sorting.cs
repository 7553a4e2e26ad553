using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>
/// Which arrivals are new, and which are in the books. With a message id, equal means the same. Without one, equal messages are
/// different ones, unless the broker says that it may have delivered them before: then each is the same as one that another
/// connection brought and whose acknowledgement the broker may not have heard, and no two are the same as one.
/// </summary>
internal static class Sorting
{
    public static async Task<(List<(NewMessage Message, int Occurrence)> Fresh, List<Again> Again)> Sort(
        ITransaction transaction, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        var identities = messages.Select(message => message.Identity.Hash).Distinct().ToList();
        var next = (await transaction.Query<(Guid Identity, int Occurrences)>(
            "select identity, max(occurrence) + 1 from dead_letters_messages where identity in @identities group by identity",
            new { identities }, cancellationToken)).ToDictionary(row => row.Identity, row => row.Occurrences);
        var candidates = await Candidates(transaction, [.. messages.Where(message => message.Identity is { IsNamed: false, MayBeAgain: true } && next.ContainsKey(message.Identity.Hash))], cancellationToken);
        var fresh = new List<(NewMessage, int)>(messages.Count);
        var again = new List<Again>();
        foreach (var message in messages)
        {
            var (hash, isNamed, mayBeAgain) = message.Identity;
            if (isNamed && next.ContainsKey(hash))
            {
                again.Add(new Again(hash, Id: null, Reception: null));
            }
            else if (!isNamed && mayBeAgain && Take(candidates, message) is { } id)
            {
                again.Add(new Again(hash, id, message.Reception));
            }
            else
            {
                var occurrence = next.GetValueOrDefault(hash);
                next[hash] = occurrence + 1;
                fresh.Add((message, occurrence));
            }
        }

        return (fresh, again);
    }

    /// <summary>Notes how far the broker has heard this connection.</summary>
    public static async Task Remember(ITransaction transaction, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var session in messages.Where(message => message.Reception is not null).GroupBy(message => message.Reception!.Value.Session).OrderBy(group => group.Key))
        {
            await transaction.Execute(
                """
                insert into dead_letters_sessions (id, settled, at) values (@session, @settled, @at)
                on conflict (id) do update set settled = excluded.settled, at = excluded.at
                """,
                new { session = session.Key, settled = session.Max(message => message.Reception!.Value.Settled), at = session.Max(message => message.ReceivedAt) }, cancellationToken);
        }
    }

    public static async Task CountCopies(ITransaction transaction, List<Again> again, CancellationToken cancellationToken)
    {
        foreach (var times in again.Where(one => one.Id is null).GroupBy(one => one.Hash).GroupBy(same => same.Count()).OrderBy(group => group.Key))
        {
            await transaction.Execute(
                Sql.For(
                    sqlite: "update dead_letters_messages set copies = copies + @more where occurrence = 0 and identity in @identities",
                    postgres:
                    """
                    update dead_letters_messages set copies = copies + @more
                    where id in (select id from dead_letters_messages where occurrence = 0 and identity in @identities order by id for update)
                    """),
                new { more = times.Key, identities = times.Select(same => same.Key).ToList() }, cancellationToken);
        }

        // From now on it is this connection's, and may come again by yet another.
        foreach (var one in again.Where(one => one.Id is not null).OrderBy(one => one.Id))
        {
            await transaction.Execute(
                "update dead_letters_messages set copies = copies + 1, session = coalesce(@session, session), tag = coalesce(@tag, tag) where id = @id",
                new { id = one.Id, session = one.Reception?.Session, tag = one.Reception?.Tag }, cancellationToken);
        }
    }

    private static async Task<Dictionary<Guid, List<Candidate>>> Candidates(ITransaction transaction, List<NewMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return [];
        }

        // What was handed in over HTTP has no connection; there, all that is in the books may be the same.
        var session = messages[0].Reception?.Session;
        var rows = await transaction.Query<Candidate>(
            """
            select m.id, m.identity, m.session, m.tag from dead_letters_messages m left join dead_letters_sessions s on s.id = m.session
            where m.identity in @identities and ((@session is null and m.session is null) or m.session = @session or m.tag > s.settled) order by m.id
            """,
            new { identities = messages.Select(message => message.Identity.Hash).Distinct().ToList(), session }, cancellationToken);
        return rows.GroupBy(row => row.Identity).ToDictionary(group => group.Key, group => group.ToList());
    }

    private static long? Take(Dictionary<Guid, List<Candidate>> candidates, NewMessage message)
    {
        if (!candidates.TryGetValue(message.Identity.Hash, out var same))
        {
            return null;
        }

        // Of its own connection only the very same delivery: it is kept a second time when nobody knows whether the first was committed.
        var found = message.Reception is { } reception
            ? same.FindIndex(candidate => candidate.Session == reception.Session && candidate.Tag == reception.Tag) is var own and >= 0
                ? own
                : same.FindIndex(candidate => candidate.Session != reception.Session)
            : same.Count - 1;
        if (found < 0)
        {
            return null;
        }

        var id = same[found].Id;
        same.RemoveAt(found);
        return id;
    }

    private sealed record Candidate(long Id, Guid Identity, Guid? Session, long? Tag);
}

/// <summary>One that is in the books already.</summary>
/// <param name="Id">Which one, if it has no message id.</param>
internal readonly record struct Again(Guid Hash, long? Id, Reception? Reception);
