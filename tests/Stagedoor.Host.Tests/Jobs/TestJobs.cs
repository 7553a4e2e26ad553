using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>Does its work and says so.</summary>
internal sealed class Greet(Happenings happenings) : IScheduledJob
{
    public const string Name = "test.greet";

    public Task Run(JobContext job, CancellationToken cancellationToken)
    {
        job.Summary = "said hello";
        happenings.Runs.Enqueue(job);
        return Task.CompletedTask;
    }
}

/// <summary>Takes longer than the time between two starts.</summary>
internal sealed class Dawdle(Happenings happenings) : IScheduledJob
{
    public const string Name = "test.dawdle";

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        using var inside = happenings.Enter();
        happenings.Runs.Enqueue(job);
        await Task.Delay(TimeSpan.FromMilliseconds(700), cancellationToken);
    }
}

/// <summary>Goes on until it is told to stop.</summary>
internal sealed class Linger(Happenings happenings) : IScheduledJob
{
    public const string Name = "test.linger";

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        happenings.Runs.Enqueue(job);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}

/// <summary>Takes no notice of its token.</summary>
internal sealed class Persist(Happenings happenings) : IScheduledJob
{
    public const string Name = "test.persist";

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        using var inside = happenings.Enter();
        happenings.Runs.Enqueue(job);
        await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None);
    }
}

/// <summary>Fails each time.</summary>
internal sealed class Stumble(Happenings happenings) : IScheduledJob
{
    public const string Name = "test.stumble";

    public Task Run(JobContext job, CancellationToken cancellationToken)
    {
        happenings.Runs.Enqueue(job);
        throw new InvalidOperationException("The floor is wet.\nSecond line with what nobody needs to read.");
    }
}

/// <summary>Needs something that is not there.</summary>
internal sealed class Unbuildable(Stumble stumble) : IScheduledJob
{
    public const string Name = "test.unbuildable";

    public Task Run(JobContext job, CancellationToken cancellationToken) => stumble.Run(job, cancellationToken);
}

/// <summary>Writes each firing into a table that takes each only once.</summary>
internal sealed class Tally(IDatabase database, Happenings happenings) : IScheduledJob
{
    public const string Name = "test.tally";

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        await database.Execute("insert into test_firings (due_at) values (@DueAt)", new { job.DueAt }, cancellationToken);
        happenings.Runs.Enqueue(job);
    }
}
