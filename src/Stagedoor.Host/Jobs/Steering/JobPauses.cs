using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Steering;

/// <summary>Who paused which job. It outlives restarts.</summary>
internal sealed class JobPauses(IDatabase database)
{
    public async Task<IReadOnlyDictionary<string, JobPause>> List(CancellationToken cancellationToken) =>
        (await database.Query<JobPause>("select job, paused_at, paused_by, paused_by_name from portal_job_pauses", cancellationToken))
        .ToDictionary(pause => pause.Job, StringComparer.OrdinalIgnoreCase);

    /// <summary>False when it was paused already.</summary>
    public static async Task<bool> Add(ITransaction transaction, JobPause pause, CancellationToken cancellationToken) => await transaction.Execute(
        """
        insert into portal_job_pauses (job, paused_at, paused_by, paused_by_name)
        values (@Job, @PausedAt, @PausedBy, @PausedByName)
        on conflict (job) do nothing
        """,
        pause,
        cancellationToken) > 0;

    /// <summary>False when it was not paused.</summary>
    public static async Task<bool> Remove(ITransaction transaction, string job, CancellationToken cancellationToken) =>
        await transaction.Execute("delete from portal_job_pauses where job = @job", new { job }, cancellationToken) > 0;
}

internal sealed class JobPause
{
    public string Job { get; init; } = "";

    public DateTimeOffset PausedAt { get; init; }

    public string PausedBy { get; init; } = "";

    public string PausedByName { get; init; } = "";
}
