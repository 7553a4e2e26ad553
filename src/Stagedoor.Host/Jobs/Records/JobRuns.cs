using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Records;

/// <summary>The table of runs.</summary>
internal sealed class JobRuns(IDatabase database)
{
    /// <summary>How many runs of a job are kept.</summary>
    public const int Kept = 200;

    /// <summary>How long a run is kept. The last one of a job always is.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const string Columns =
        "id, job, due_at, started_at, ended_at, outcome, summary, error, replica, by_hand, pressed_by, pressed_by_name, ignores_stop, cancel_asked_by";

    /// <summary>Writes a run as it is now, whether or not its beginning could be written.</summary>
    public Task Save(JobRun run, CancellationToken cancellationToken) => database.Execute(
        $"""
        insert into portal_job_runs ({Columns})
        values (@Id, @Job, @DueAt, @StartedAt, @EndedAt, @Outcome, @Summary, @Error, @Replica, @ByHand, @PressedBy, @PressedByName, @IgnoresStop, null)
        on conflict (id) do update set
            ended_at = excluded.ended_at, outcome = excluded.outcome, summary = excluded.summary, error = excluded.error,
            ignores_stop = excluded.ignores_stop
        """,
        new
        {
            run.Id, run.Job, run.DueAt, run.StartedAt, run.EndedAt, Outcome = run.Outcome.Stored(), run.Summary, run.Error, run.Replica,
            run.ByHand, run.PressedBy, run.PressedByName, run.IgnoresStop,
        },
        cancellationToken);

    public async Task<JobRun?> Find(Guid id, CancellationToken cancellationToken) =>
        (await database.Find<Row>($"select {Columns} from portal_job_runs where id = @id", new { id }, cancellationToken))?.ToRun();

    public async Task<IReadOnlyList<JobRun>> List(string job, int offset, int limit, CancellationToken cancellationToken) => Read(await database.Query<Row>(
        $"select {Columns} from portal_job_runs where job = @job order by started_at desc, id limit @limit offset @offset",
        new { job, offset, limit },
        cancellationToken));

    public Task<long> Count(string job, CancellationToken cancellationToken) =>
        database.Find<long>("select count(*) from portal_job_runs where job = @job", new { job }, cancellationToken);

    /// <summary>The newest few of each job, newest first.</summary>
    public async Task<ILookup<string, JobRun>> Latest(int each, CancellationToken cancellationToken) => Read(await database.Query<Row>(
            $"""
            select {Columns}
            from (select {Columns}, row_number() over (partition by job order by started_at desc, id) as place from portal_job_runs) as ranked
            where place <= @each or outcome = 'running'
            order by job, started_at desc, id
            """,
            new { each },
            cancellationToken))
        .ToLookup(run => run.Job);

    public async Task<IReadOnlyList<JobRun>> Running(CancellationToken cancellationToken) => Read(await database.Query<Row>(
        $"select {Columns} from portal_job_runs where outcome = 'running' order by started_at", cancellationToken));

    /// <summary>Asks for the end of what runs of a job. Tells how many were asked.</summary>
    public static Task<int> AskToCancel(ITransaction transaction, string job, string by, CancellationToken cancellationToken) => transaction.Execute(
        "update portal_job_runs set cancel_asked_by = @by where job = @job and outcome = 'running'", new { job, by }, cancellationToken);

    /// <summary>Ends a run whose replica is gone, unless it has ended by itself meanwhile.</summary>
    public async Task<bool> Interrupt(Guid id, string why, DateTimeOffset now, CancellationToken cancellationToken) => await database.Execute(
        "update portal_job_runs set outcome = 'interrupted', ended_at = @now, error = @why where id = @id and outcome = 'running'",
        new { id, why, now },
        cancellationToken) > 0;

    public Task<int> Prune(DateTimeOffset now, CancellationToken cancellationToken) => database.Execute(
        """
        delete from portal_job_runs where outcome <> 'running' and id in (
            select id
            from (select id, started_at, row_number() over (partition by job order by started_at desc, id) as place from portal_job_runs) as ranked
            where place > @kept or (place > 1 and started_at < @before))
        """,
        new { kept = Kept, before = now - KeptFor },
        cancellationToken);

    private static List<JobRun> Read(IReadOnlyList<Row> rows) => [.. rows.Select(row => row.ToRun())];

    private sealed class Row
    {
        public Guid Id { get; init; }

        public string Job { get; init; } = "";

        public DateTimeOffset DueAt { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? EndedAt { get; init; }

        public string Outcome { get; init; } = "";

        public string? Summary { get; init; }

        public string? Error { get; init; }

        public string Replica { get; init; } = "";

        public bool ByHand { get; init; }

        public string? PressedBy { get; init; }

        public string? PressedByName { get; init; }

        public bool IgnoresStop { get; init; }

        public string? CancelAskedBy { get; init; }

        public JobRun ToRun() => new()
        {
            Id = Id, Job = Job, DueAt = DueAt, StartedAt = StartedAt, EndedAt = EndedAt, Outcome = JobOutcomes.Read(Outcome), Summary = Summary,
            Error = Error, Replica = Replica, ByHand = ByHand, PressedBy = PressedBy, PressedByName = PressedByName, IgnoresStop = IgnoresStop,
            CancelAskedBy = CancelAskedBy,
        };
    }
}
