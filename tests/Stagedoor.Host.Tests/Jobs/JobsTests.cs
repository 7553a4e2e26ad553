using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Jobs;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Jobs.Steering;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Jobs;

public sealed class JobsOnSqliteTests() : JobsTests(new SqliteFixture());

public sealed class JobsOnPostgresTests() : JobsTests(new PostgresFixture());

public abstract class JobsTests(TestDatabase database) : PortalStoreTests(database)
{
    private static readonly JobSchedule EverySecond = new() { Every = TimeSpan.FromSeconds(1), InitialDelay = TimeSpan.Zero };

    private static readonly JobSchedule Rarely = new() { Every = TimeSpan.FromHours(1), InitialDelay = TimeSpan.FromHours(1) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<TestReplica> Start<TJob>(JobSchedule schedule, JobsOptions? configured = null)
        where TJob : class, IScheduledJob => TestReplica.Start(Fixture.Settings, plugin => plugin.Job<TJob>(schedule), configured);

    [Fact]
    public async Task A_job_runs_by_its_interval_and_is_remembered()
    {
        await using var replica = await Start<Greet>(EverySecond);

        var run = await replica.Ended(Greet.Name, runs: 2);

        run.Outcome.ShouldBe(JobOutcome.Succeeded);
        run.Summary.ShouldBe("said hello");
        run.Replica.ShouldBe(replica.Name);
        run.ByHand.ShouldBeFalse();
        (await replica.State(Greet.Name)).NextRunAt.ShouldNotBeNull();
        replica.Happenings.Runs.First().Name.ShouldBe(Greet.Name);
    }

    [Fact]
    public async Task A_job_runs_by_its_cron_expression()
    {
        await using var replica = await Start<Greet>(new JobSchedule { Cron = "* * * * * ?" });

        var run = await replica.Ended(Greet.Name);

        run.DueAt.Ticks.ShouldBe(run.DueAt.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
        (await replica.State(Greet.Name)).Job.When.ShouldBe("* * * * * ? (UTC)");
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_the_interval_is_not_overlapped()
    {
        await using var replica = await Start<Dawdle>(EverySecond with { Every = TimeSpan.FromMilliseconds(200) });

        await replica.Ended(Dawdle.Name, runs: 3);

        replica.Happenings.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_past_its_timeout_is_cancelled()
    {
        await using var replica = await Start<Linger>(EverySecond with { Timeout = TimeSpan.FromMilliseconds(300) });

        var run = await replica.Ended(Linger.Name);

        run.Outcome.ShouldBe(JobOutcome.TimedOut);
        run.IgnoresStop.ShouldBeFalse();
        run.Error.ShouldNotBeNull().ShouldContain("timeout");
    }

    [Fact]
    public async Task A_run_that_ignores_its_timeout_is_reported_and_still_not_overlapped()
    {
        await using var replica = await Start<Persist>(EverySecond with { Timeout = TimeSpan.FromMilliseconds(300) });

        await Eventually.Be(async () => (await replica.RunsOf(Persist.Name)).Any(run => run is { IsRunning: true, IgnoresStop: true }), "it is seen not to stop");
        (await replica.RunsOf(Persist.Name)).Count.ShouldBe(1);
        var run = await replica.Ended(Persist.Name);

        run.Outcome.ShouldBe(JobOutcome.TimedOut);
        run.Error.ShouldNotBeNull().ShouldContain("did not stop");
        await replica.Ended(Persist.Name, runs: 2);
        replica.Happenings.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_throws_is_remembered_with_its_first_line_and_runs_again()
    {
        await using var replica = await Start<Stumble>(EverySecond);

        var run = await replica.Ended(Stumble.Name, runs: 2);

        run.Outcome.ShouldBe(JobOutcome.Failed);
        run.Error.ShouldBe("InvalidOperationException: The floor is wet.");
    }

    [Fact]
    public async Task A_job_that_cannot_be_built_counts_as_failed()
    {
        await using var replica = await Start<Unbuildable>(EverySecond);

        var run = await replica.Ended(Unbuildable.Name, runs: 2);

        run.Outcome.ShouldBe(JobOutcome.Failed);
        run.Error.ShouldNotBeNull().ShouldContain(nameof(Stumble));
    }

    [Fact]
    public async Task Run_now_runs_once_and_says_who_pressed()
    {
        await using var replica = await Start<Greet>(Rarely);

        var steered = await replica.Steering.RunNow(Greet.Name, TestReplica.Mae, Token);

        steered.IsDone.ShouldBeTrue(steered.Says);
        var run = await replica.Ended(Greet.Name);
        run.Id.ShouldBe(steered.Run.ShouldNotBeNull());
        run.ByHand.ShouldBeTrue();
        run.PressedBy.ShouldBe("user:default/mae");
        run.PressedByName.ShouldBe("Mae");
        replica.Happenings.Runs.ShouldHaveSingleItem().ByHand.ShouldBeTrue();
        (await replica.Audited()).ShouldBe(["jobs.run"]);
    }

    [Fact]
    public async Task Run_now_is_refused_while_the_job_runs()
    {
        await using var replica = await Start<Linger>(Rarely);
        await replica.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);
        await replica.Running(Linger.Name);

        var again = await replica.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);

        again.Outcome.ShouldBe(SteerOutcome.Refused);
        again.Says.ShouldContain("running already");
        (await replica.Audited()).ShouldBe(["jobs.run"]);
    }

    [Fact]
    public async Task A_run_can_be_cancelled()
    {
        await using var replica = await Start<Linger>(Rarely);
        await replica.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);
        await replica.Running(Linger.Name);

        (await replica.Steering.Cancel(Linger.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();

        (await replica.Ended(Linger.Name)).Outcome.ShouldBe(JobOutcome.Cancelled);
        (await replica.Steering.Cancel(Linger.Name, TestReplica.Mae, Token)).Outcome.ShouldBe(SteerOutcome.Refused);
    }

    [Fact]
    public async Task A_pause_outlives_a_restart()
    {
        await using (var before = await Start<Greet>(EverySecond))
        {
            await before.Ended(Greet.Name);
            (await before.Steering.Pause(Greet.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();
            (await before.Steering.Pause(Greet.Name, TestReplica.Mae, Token)).Outcome.ShouldBe(SteerOutcome.Refused);
            (await before.Audited()).ShouldBe(["jobs.paused"]);
        }

        await using var after = await TestReplica.Start(Fixture.Settings, plugin => plugin.Job<Greet>(EverySecond).Job<Stumble>(EverySecond));
        var runs = (await after.RunsOf(Greet.Name)).Count;
        await after.Ended(Stumble.Name, runs: 3);
        (await after.RunsOf(Greet.Name)).Count.ShouldBe(runs);
        (await after.State(Greet.Name)).Pause.ShouldNotBeNull().PausedByName.ShouldBe("Mae");

        (await after.Steering.Resume(Greet.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();
        await after.Ended(Greet.Name, runs + 1);
        (await after.Audited()).ShouldBe(["jobs.resumed", "jobs.paused"]);
    }

    [Fact]
    public async Task A_paused_job_runs_by_hand()
    {
        await using var replica = await Start<Greet>(EverySecond, new() { [Greet.Name] = new JobOptions { Paused = true } });

        (await replica.Steering.RunNow(Greet.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();

        (await replica.Ended(Greet.Name)).ByHand.ShouldBeTrue();
        (await replica.RunsOf(Greet.Name)).Count.ShouldBe(1);
        (await replica.Steering.Resume(Greet.Name, TestReplica.Mae, Token)).Says.ShouldContain("configuration");
    }

    [Fact]
    public async Task The_configuration_overrides_the_plan()
    {
        await using var replica = await Start<Linger>(
            Rarely with { InitialDelay = TimeSpan.Zero },
            new() { [Linger.Name] = new JobOptions { Every = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromMilliseconds(200) } });

        (await replica.Ended(Linger.Name, runs: 2)).Outcome.ShouldBe(JobOutcome.TimedOut);

        (await replica.State(Linger.Name)).Job.When.ShouldBe("every second");
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_keeps_only_that_job_from_running()
    {
        await using var replica = await TestReplica.Start(
            Fixture.Settings,
            plugin => plugin.Job<Greet>(EverySecond).Job<Stumble>(EverySecond),
            new() { [Greet.Name] = new JobOptions { Cron = "0 0 0 30 2 ?" } });

        await replica.Ended(Stumble.Name, runs: 2);

        (await replica.RunsOf(Greet.Name)).ShouldBeEmpty();
        (await replica.State(Greet.Name)).Job.Problem.ShouldBe("The time that '0 0 0 30 2 ?' of test.greet describes never comes.");
        (await replica.Steering.RunNow(Greet.Name, TestReplica.Mae, Token)).Outcome.ShouldBe(SteerOutcome.Refused);
    }

    [Fact]
    public async Task A_job_that_is_gone_from_the_code_is_gone_from_the_schedule()
    {
        await using (var before = await TestReplica.Start(Fixture.Settings, plugin => plugin.Job<Greet>(EverySecond).Job<Stumble>(EverySecond)))
        {
            await before.Ended(Greet.Name);
        }

        await using var after = await Start<Stumble>(EverySecond);
        var runs = (await after.RunsOf(Greet.Name)).Count;
        var others = (await after.RunsOf(Stumble.Name)).Count;
        await after.Ended(Stumble.Name, others + 2);

        (await after.RunsOf(Greet.Name)).Count.ShouldBe(runs);
        (await after.Board.List(Token)).ShouldHaveSingleItem().Name.ShouldBe(Stumble.Name);
        (await after.Schedulers.Planned(Token)).Keys.ShouldHaveSingleItem().ShouldBe(Stumble.Name);
    }

    [Fact]
    public async Task A_changed_schedule_replaces_the_stored_one()
    {
        await using (var before = await Start<Greet>(Rarely))
        {
            (await before.State(Greet.Name)).NextRunAt.ShouldNotBeNull();
        }

        await using var after = await Start<Greet>(EverySecond);

        (await after.Ended(Greet.Name)).Outcome.ShouldBe(JobOutcome.Succeeded);
    }

    [Fact]
    public async Task A_run_that_was_left_behind_is_marked_as_interrupted_at_the_next_start()
    {
        var run = Guid.CreateVersion7();
        await using (var before = await Start<Linger>(Rarely))
        {
            var now = TimeProvider.System.GetUtcNow();
            await before.Runs.Save(new JobRun { Id = run, Job = Linger.Name, DueAt = now, StartedAt = now, Replica = "one-that-died" }, Token);
        }

        await using var after = await Start<Linger>(Rarely);

        var left = await after.Ended(Linger.Name);
        left.Id.ShouldBe(run);
        left.Outcome.ShouldBe(JobOutcome.Interrupted);
        left.Error.ShouldNotBeNull().ShouldContain("one-that-died");
    }

    [Fact]
    public async Task Stopping_the_portal_stops_what_runs()
    {
        await using var replica = await Start<Linger>(EverySecond);
        await replica.Running(Linger.Name);

        await replica.Stop();

        (await replica.RunsOf(Linger.Name)).ShouldHaveSingleItem().Outcome.ShouldBe(JobOutcome.Interrupted);
    }

    [Fact]
    public async Task Old_runs_are_pruned_but_never_the_last_of_a_job()
    {
        await using var replica = await Start<Greet>(Rarely);
        var now = TimeProvider.System.GetUtcNow();
        async Task Save(string job, DateTimeOffset at) => await replica.Runs.Save(
            new JobRun { Id = Guid.CreateVersion7(), Job = job, DueAt = at, StartedAt = at, EndedAt = at, Outcome = JobOutcome.Succeeded, Replica = "r" }, Token);
        for (var i = 0; i < JobRuns.Kept + 5; i++)
        {
            await Save("test.often", now.AddMinutes(-i));
        }

        await Save("test.rarely", now.AddDays(-60));
        await Save("test.rarely", now.AddDays(-90));

        (await replica.Runs.Prune(now, Token)).ShouldBe(6);

        (await replica.Runs.Count("test.often", Token)).ShouldBe(JobRuns.Kept);
        (await replica.Runs.Count("test.rarely", Token)).ShouldBe(1);
    }
}
