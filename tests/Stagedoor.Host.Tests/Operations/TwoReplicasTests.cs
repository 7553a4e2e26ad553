using Stagedoor.Host.Loading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Operations;

/// <summary>What operations promise when replicas share them, hang, stop or lack a plugin.</summary>
public abstract class TwoReplicasTests<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static readonly string[] Abcd = ["a", "b", "c", "d"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.Migrate("portal", typeof(PluginRegistry).Assembly);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task When_a_replica_falls_silent_another_goes_on_and_the_silent_one_writes_no_more()
    {
        var stuck = new TaskCompletionSource();
        var firstScript = new Script
        {
            Item = async (item, _) =>
            {
                if (item == "c")
                {
                    await stuck.Task;
                }

                return ItemResult.Succeeded("by the first");
            },
        };
        var secondScript = new Script { Item = (_, _) => Task.FromResult(ItemResult.Succeeded("by the second")) };
        await using var first = await OperationsReplica.Start(database, firstScript);
        var id = await first.Begin(Abcd);
        await Eventually.Be(async () => (await first.Find(id)).Done == 2, "two items are recorded");

        first.Queue.IsSilent = true;
        await using var second = await OperationsReplica.Start(database, secondScript);
        var operation = await second.Reaches(id, OperationState.Succeeded);
        stuck.SetResult();
        await first.StopRunner();

        secondScript.Handled.ShouldBe(["c", "d"]);
        operation.Attempt.ShouldBe(2);
        var items = await second.Operations.Items(id, outcome: null, 0, 10, Stop);
        items.Select(item => (item.Key, item.Message)).ShouldBe([("a", "by the first"), ("b", "by the first"), ("c", "by the second"), ("d", "by the second")]);
        (await second.LogOf(id)).ShouldBe(["Taken up again after an interruption."]);
        (await second.Find(id)).Done.ShouldBe(4);
    }

    [Fact]
    public async Task A_replica_that_comes_back_too_late_is_told_by_its_writes()
    {
        var stuck = new TaskCompletionSource();
        Exception? told = null;
        var script = new Script
        {
            Run = async (operation, _) =>
            {
                await stuck.Task;
                told = await Record.ExceptionAsync(() => operation.SaveCheckpoint("late", CancellationToken.None));
                throw told!;
            },
        };
        await using var first = await OperationsReplica.Start(database, script);
        var id = await first.Begin(Abcd);
        await first.Reaches(id, OperationState.Running);
        first.Queue.IsSilent = true;

        await using var second = await OperationsReplica.Start(database, new Script());
        await second.Reaches(id, OperationState.Succeeded);
        stuck.SetResult();
        await first.StopRunner();

        told.ShouldBeAssignableTo<OperationCanceledException>();
        (await second.Find(id)).State.ShouldBe(OperationState.Succeeded);
        (await second.Runs.LoadCheckpoint(id, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task An_operation_is_paused_resumed_and_cancelled_from_another_replica()
    {
        var script = new Script
        {
            Item = async (_, cancellationToken) =>
            {
                await Task.Delay(50, cancellationToken);
                return ItemResult.Succeeded();
            },
        };
        await using var working = await OperationsReplica.Start(database, script);
        await using var watching = OperationsReplica.Build(database, new Script());
        var id = await watching.Begin([.. Enumerable.Range(0, 2000).Select(i => $"{i}")]);
        await watching.Reaches(id, OperationState.Running);

        await watching.Operations.Pause(id, OperationsReplica.Mae, Stop);
        var paused = await watching.Reaches(id, OperationState.Paused);
        await watching.Operations.Resume(id, OperationsReplica.Mae, Stop);
        await Eventually.Be(async () => (await watching.Find(id)).Done > paused.Done, "it goes on");
        await watching.Operations.Cancel(id, OperationsReplica.Mae, Stop);
        var cancelled = await watching.Reaches(id, OperationState.Cancelled);

        cancelled.Done.ShouldBeLessThan(2000);
        (await watching.Store.CountItems(id, outcome: null, Stop)).ShouldBe(cancelled.Done);
        script.Handled.Count.ShouldBe(script.Handled.Distinct().Count());
    }

    [Fact]
    public async Task A_replica_that_stops_finishes_the_item_in_hand_and_hands_the_rest_over()
    {
        var firstScript = new Script
        {
            Item = async (_, cancellationToken) =>
            {
                await Task.Delay(100, cancellationToken);
                return ItemResult.Succeeded();
            },
        };
        var secondScript = new Script();
        await using var first = await OperationsReplica.Start(database, firstScript);
        var id = await first.Begin([.. Enumerable.Range(0, 100).Select(i => $"{i:00}")]);
        await Eventually.Be(() => firstScript.Handled.Count > 1, "it is under way");

        await first.StopRunner();
        var waiting = await first.Find(id);
        await using var second = await OperationsReplica.Start(database, secondScript);
        var operation = await second.Reaches(id, OperationState.Succeeded);

        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Done.ShouldBe(firstScript.Handled.Count);
        operation.Done.ShouldBe(100);
        secondScript.Handled.Intersect(firstScript.Handled).ShouldBeEmpty();
        (await second.LogOf(id)).ShouldBe(
            ["Interrupted: this portal is stopping. Another goes on with it, or this one when it is back.", "Taken up again after an interruption."]);
    }

    [Fact]
    public async Task A_kind_whose_plugin_is_not_active_waits_for_it()
    {
        await using var without = await OperationsReplica.Start(database, new Script());
        without.Plugins.Find("test")!.Leave(PluginState.Failed, "It broke.");
        await using var with = OperationsReplica.Build(database, new Script());
        var id = await with.Begin(Abcd);

        await Eventually.Be(async () => (await with.Find(id)).Message is not null, "it says what it waits for");
        var waiting = await with.Find(id);
        await with.StartRunner();
        var operation = await with.Reaches(id, OperationState.Succeeded);

        waiting.State.ShouldBe(OperationState.Waiting);
        waiting.Message.ShouldBe("Waits for the plugin Test, which is not active.");
        operation.Message.ShouldBeNull();
        operation.Done.ShouldBe(4);
    }

    [Fact]
    public async Task A_pause_is_kept_when_its_runner_dies_before_it_obeys()
    {
        var stuck = new TaskCompletionSource();
        var script = new Script
        {
            Run = async (_, _) => await stuck.Task,
        };
        await using var first = await OperationsReplica.Start(database, script);
        var id = await first.Begin(Abcd);
        await first.Reaches(id, OperationState.Running);
        first.Queue.IsSilent = true;
        await using var second = OperationsReplica.Build(database, new Script());

        await second.Operations.Pause(id, OperationsReplica.Mae, Stop);
        await second.StartRunner();
        await second.Reaches(id, OperationState.Paused);
        stuck.SetResult();
        await first.StopRunner();

        (await second.Find(id)).State.ShouldBe(OperationState.Paused);
    }
}

public sealed class TwoReplicasOnSqliteTests(SqliteFixture database) : TwoReplicasTests<SqliteFixture>(database);

public sealed class TwoReplicasOnPostgresTests(PostgresFixture database) : TwoReplicasTests<PostgresFixture>(database);
