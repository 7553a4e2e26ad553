using Stagedoor.Host.Jobs;
using Stagedoor.Host.Jobs.Records;
using Stagedoor.Host.Tests.Storing;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Jobs;

/// <summary>Two replicas on one PostgreSQL.</summary>
public sealed class ClusterTests() : PortalStoreTests(new PostgresFixture())
{
    private static readonly JobSchedule Rarely = new() { Every = TimeSpan.FromHours(1), InitialDelay = TimeSpan.FromHours(1) };

    private static readonly JobSchedule EverySecond = new() { Every = TimeSpan.FromSeconds(1), InitialDelay = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<TestReplica> Start<TJob>(JobSchedule schedule)
        where TJob : class, IScheduledJob => TestReplica.Start(Fixture.Settings, plugin => plugin.Job<TJob>(schedule));

    [Fact]
    public async Task Replicas_that_start_at_once_share_the_firings_and_none_runs_twice()
    {
        await Database.Execute("create table test_firings (due_at timestamptz primary key)", Token);
        var schedule = new JobSchedule { Every = TimeSpan.FromMilliseconds(300), InitialDelay = TimeSpan.Zero };
        var both = await Task.WhenAll(Start<Tally>(schedule), Start<Tally>(schedule));
        await using var one = both[0];
        await using var other = both[1];

        await Eventually.Be(async () => (await one.RunsOf(Tally.Name)).Count > 15, "fifteen firings");

        var runs = (await one.RunsOf(Tally.Name)).Where(run => !run.IsRunning).ToList();
        runs.ShouldAllBe(run => run.Outcome == JobOutcome.Succeeded);
        runs.Select(run => run.DueAt).ShouldBeUnique();
    }

    [Fact]
    public async Task What_a_dead_replica_was_running_runs_again_on_another()
    {
        await using var mortal = await Mortal.On(Fixture);
        await using var doomed = await TestReplica.Start(mortal.Settings, plugin => plugin.Job<Linger>(Rarely));
        await doomed.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);
        await doomed.Running(Linger.Name);
        await using var heir = await Start<Linger>(Rarely);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await mortal.Die();

        await Eventually.Be(() => !heir.Happenings.Runs.IsEmpty, "the heir runs it");
        TestContext.Current.TestOutputHelper?.WriteLine($"Taken over after {watch.Elapsed}.");
        await Eventually.Be(async () => (await heir.RunsOf(Linger.Name)).Count == 2, "both runs are written down");
        await Eventually.Be(async () => (await heir.RunsOf(Linger.Name)).Count(run => run.IsRunning) == 1, "the dead run is ended");
        var runs = await heir.RunsOf(Linger.Name);
        runs.Single(run => run.IsRunning).Replica.ShouldBe(heir.Name);
        var dead = runs.Single(run => run.Replica == doomed.Name);
        dead.Outcome.ShouldBe(JobOutcome.Interrupted);
        dead.Error.ShouldNotBeNull().ShouldContain(doomed.Name);
    }

    [Fact]
    public async Task What_a_stopping_replica_was_running_is_handed_to_another()
    {
        await using var leaving = await Start<Linger>(Rarely);
        await leaving.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);
        await leaving.Running(Linger.Name);
        await using var staying = await Start<Linger>(Rarely);

        await leaving.Stop();

        await Eventually.Be(() => !staying.Happenings.Runs.IsEmpty, "the other runs it");
        (await staying.RunsOf(Linger.Name)).Single(run => run.Replica == leaving.Name).Outcome.ShouldBe(JobOutcome.Interrupted);
    }

    [Fact]
    public async Task A_run_is_cancelled_from_another_replica()
    {
        await using var one = await Start<Linger>(Rarely);
        await one.Steering.RunNow(Linger.Name, TestReplica.Mae, Token);
        await one.Running(Linger.Name);
        await using var other = await Start<Linger>(Rarely);

        (await other.Steering.RunNow(Linger.Name, TestReplica.Mae, Token)).Says.ShouldContain(one.Name);
        (await other.Steering.Cancel(Linger.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();

        (await other.Ended(Linger.Name)).Outcome.ShouldBe(JobOutcome.Cancelled);
    }

    [Fact]
    public async Task Run_now_works_from_any_replica()
    {
        await using var one = await Start<Greet>(Rarely);
        await using var other = await Start<Greet>(Rarely);

        (await other.Steering.RunNow(Greet.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();
        await one.Ended(Greet.Name);
        (await one.Steering.RunNow(Greet.Name, TestReplica.Mae, Token)).IsDone.ShouldBeTrue();
        await other.Ended(Greet.Name, runs: 2);

        (one.Happenings.Runs.Count + other.Happenings.Runs.Count).ShouldBe(2);
    }

    [Fact]
    public async Task A_job_of_the_replicas_runs_and_pauses_on_each()
    {
        var schedule = EverySecond with { Scope = JobScope.Replica };
        await using var one = await Start<Greet>(schedule);
        await using var other = await Start<Greet>(schedule);

        await Eventually.Be(() => !one.Happenings.Runs.IsEmpty && !other.Happenings.Runs.IsEmpty, "both have run");
        await one.Steering.Pause(Greet.Name, TestReplica.Mae, Token);

        await Eventually.Be(async () => (await other.Schedulers.Planned(Token))[Greet.Name].State == Quartz.TriggerState.Paused, "the other has paused");
        (await one.RunsOf(Greet.Name)).Select(run => run.Replica).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Run_now_of_a_job_of_the_replicas_runs_on_each()
    {
        var schedule = Rarely with { Scope = JobScope.Replica };
        await using var one = await Start<Greet>(schedule);
        await using var other = await Start<Greet>(schedule);

        // A notice is lost on a replica that does not listen yet, so it is pressed until both have heard one.
        await Eventually.Be(
            async () =>
            {
                await one.Steering.RunNow(Greet.Name, TestReplica.Mae, Token);
                return !one.Happenings.Runs.IsEmpty && !other.Happenings.Runs.IsEmpty;
            },
            "both have run");
    }

    [Fact]
    public async Task A_replica_of_an_older_version_leaves_jobs_it_does_not_know_to_the_newer()
    {
        await using var older = await Start<Stumble>(Rarely);
        await using var newer = await TestReplica.Start(Fixture.Settings, plugin => plugin.Job<Stumble>(Rarely).Job<Greet>(EverySecond));

        await newer.Ended(Greet.Name, runs: 4);

        (await newer.RunsOf(Greet.Name)).ShouldAllBe(run => run.Replica == newer.Name);
        newer.Happenings.Runs.Count.ShouldBeGreaterThanOrEqualTo(4);
        older.Happenings.Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_go_on_after_the_database_was_away()
    {
        await using var mortal = await Mortal.On(Fixture);
        await using var replica = await TestReplica.Start(mortal.Settings, plugin => plugin.Job<Greet>(EverySecond));
        await replica.Ended(Greet.Name);

        await mortal.Die();
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        await mortal.Rise();

        var before = (await replica.RunsOf(Greet.Name)).Count;
        await replica.Ended(Greet.Name, before + 2);
    }

    [Fact]
    public async Task A_run_that_ends_while_the_database_is_away_is_written_down_later()
    {
        await using var mortal = await Mortal.On(Fixture);
        await using var replica = await TestReplica.Start(mortal.Settings, plugin => plugin.Job<Persist>(Rarely));
        await replica.Steering.RunNow(Persist.Name, TestReplica.Mae, Token);
        await replica.Running(Persist.Name);

        await mortal.Die();
        await Eventually.Be(() => replica.Happenings.IsIdle, "the run has ended");
        await mortal.Rise();

        (await replica.Ended(Persist.Name)).Outcome.ShouldBe(JobOutcome.Succeeded);
    }
}
