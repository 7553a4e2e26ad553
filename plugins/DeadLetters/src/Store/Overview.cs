using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>What the counters tell: how many by squad, service and cause, and how that went on. Never counts messages.</summary>
internal sealed class Overview(IDatabase database)
{
    private const string Sums =
        "cast(sum(c.dead) as bigint) as dead, cast(sum(c.redelivering) as bigint) as redelivering, max(c.last_at) as last_at";

    public Task<IReadOnlyList<SquadCount>> Squads(string env, CancellationToken cancellationToken) =>
        database.Query<SquadCount>(
            $"""
             select s.squad, {Sums} from dead_letters_service_counts c join dead_letters_services s on s.id = c.service_id
             where s.env = @env group by s.squad having sum(c.dead) + sum(c.redelivering) > 0 order by sum(c.dead) desc, s.squad
             """,
            new { env }, cancellationToken);

    /// <summary>How many are dead in each environment, of all or of one squad.</summary>
    public Task<IReadOnlyList<EnvCount>> Environments(string? squad, CancellationToken cancellationToken) =>
        database.Query<EnvCount>(
            """
            select s.env, cast(sum(c.dead) as bigint) as dead from dead_letters_service_counts c join dead_letters_services s on s.id = c.service_id
            where (@squad is null or s.squad = @squad) group by s.env order by s.env
            """,
            new { squad }, cancellationToken);

    public Task<IReadOnlyList<ServiceCount>> Services(string env, string? squad, CancellationToken cancellationToken) =>
        database.Query<ServiceCount>(
            """
            select s.id, s.name as service, s.squad, c.dead, c.redelivering, c.redelivered, c.deleted, c.first_at, c.last_at
            from dead_letters_service_counts c join dead_letters_services s on s.id = c.service_id
            where s.env = @env and (@squad is null or s.squad = @squad) and c.dead + c.redelivering > 0 order by c.dead desc, s.name
            """,
            new { env, squad }, cancellationToken);

    /// <summary>The causes with most dead messages, of all services or some.</summary>
    public Task<IReadOnlyList<CauseCount>> Causes(string env, string? squad, string? service, int limit, CancellationToken cancellationToken) =>
        database.Query<CauseCount>(
            $"""
             select x.id, x.error, x.error_type, x.note, x.assignee, x.first_at, {Sums}, count(*) as services
             from dead_letters_counts c join dead_letters_services s on s.id = c.service_id join dead_letters_causes x on x.id = c.cause_id
             where s.env = @env and (@squad is null or s.squad = @squad) and (@service is null or s.name = @service) and c.dead + c.redelivering > 0
             group by x.id, x.error, x.error_type, x.note, x.assignee, x.first_at order by sum(c.dead) desc, max(c.last_at) desc limit @limit
             """,
            new { env, squad, service, limit }, cancellationToken);

    public Task<IReadOnlyList<ServiceCount>> ServicesOf(long cause, CancellationToken cancellationToken) =>
        database.Query<ServiceCount>(
            """
            select s.id, s.name as service, s.squad, c.dead, c.redelivering, c.redelivered, c.deleted, c.first_at, c.last_at
            from dead_letters_counts c join dead_letters_services s on s.id = c.service_id where c.cause_id = @cause order by c.dead desc, s.name
            """,
            new { cause }, cancellationToken);

    /// <summary>How many arrived in each hour, for the sparklines of several causes at once.</summary>
    public Task<IReadOnlyList<CauseHour>> Hours(IReadOnlyCollection<long> causes, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.Query<CauseHour>(
            "select cause_id, hour, cast(sum(arrived) as bigint) as arrived from dead_letters_hours where cause_id in @causes and hour >= @since group by cause_id, hour order by cause_id, hour",
            new { causes, since }, cancellationToken);

    /// <summary>How many arrived in each hour, of an environment, a squad or a service.</summary>
    public Task<IReadOnlyList<Hour>> Trend(string env, string? squad, string? service, DateTimeOffset since, CancellationToken cancellationToken) =>
        database.Query<Hour>(
            """
            select h.hour as at, cast(sum(h.arrived) as bigint) as arrived from dead_letters_hours h join dead_letters_services s on s.id = h.service_id
            where s.env = @env and (@squad is null or s.squad = @squad) and (@service is null or s.name = @service) and h.hour >= @since
            group by h.hour order by h.hour
            """,
            new { env, squad, service, since }, cancellationToken);

    /// <summary>Since when the oldest dead message of a service waits.</summary>
    public Task<DateTimeOffset?> OldestDead(long service, CancellationToken cancellationToken) =>
        database.Find<DateTimeOffset?>(
            "select dead_at from dead_letters_messages where service_id = @service and state = 'Dead' order by dead_at, id limit 1", new { service }, cancellationToken);

    /// <summary>Notes what is known about a cause, and who sees to it. False if there is no such cause.</summary>
    public async Task<bool> Annotate(long cause, string? note, string? assignee, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        await database.Execute(
            "update dead_letters_causes set note = @note, assignee = @assignee, noted_by = @actor, noted_at = @at where id = @cause",
            new { cause, note, assignee, actor, at }, cancellationToken) > 0;
}

internal sealed record SquadCount(string Squad, long Dead, long Redelivering, DateTimeOffset LastAt);

internal sealed record EnvCount(string Env, long Dead);

internal sealed record ServiceCount(
    long Id, string Service, string Squad, long Dead, long Redelivering, long Redelivered, long Deleted, DateTimeOffset FirstAt, DateTimeOffset LastAt);

internal sealed record CauseCount(
    long Id, string? Error, string? ErrorType, string? Note, string? Assignee, DateTimeOffset FirstAt, long Dead, long Redelivering, DateTimeOffset LastAt, long Services);

internal sealed record CauseHour(long CauseId, DateTimeOffset Hour, long Arrived);

internal sealed record Hour(DateTimeOffset At, long Arrived);
