using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;
using Stagedoor.Host.Operations;
using Stagedoor.Host.Operations.Running;
using Stagedoor.Plugins;
using Stagedoor.Testing.Databases;

namespace Stagedoor.Host.Tests.Operations;

/// <summary>What operations promise, on both databases and with one replica.</summary>
public abstract class OperationsTests<TDatabase>(TDatabase database) : IClassFixture<TDatabase>, IAsyncLifetime
    where TDatabase : TestDatabase
{
    private static readonly string[] Abc = ["a", "b", "c"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.Migrate("portal", typeof(PluginRegistry).Assembly);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_operation_handles_all_its_items()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());

        var id = await replica.Begin(Abc);

        var operation = await replica.Reaches(id, OperationState.Succeeded);
        operation.Done.ShouldBe(3);
        operation.Total.ShouldBe(3);
        operation.Failed.ShouldBe(0);
        operation.Attempt.ShouldBe(1);
        operation.StartedBy.ShouldBe("user:default/mae");
        operation.EndedAt.ShouldNotBeNull();
        (await replica.KeysOf(id)).ShouldBe(Abc);
        (await replica.LogOf(id)).ShouldBeEmpty();
        var queue = await replica.Queue.State(OperationStore.Queue, Stop);
        (queue.Due + queue.Claimed + queue.Later).ShouldBe(0);
    }

    [Fact]
    public async Task Many_items_are_handled_side_by_side_each_once()
    {
        var items = Enumerable.Range(0, 400).Select(i => $"item-{i:000}").ToArray();
        var script = new Script { Options = new EachOptions { InFlight = 8 } };
        await using var replica = await OperationsReplica.Start(database, script);

        var operation = await replica.Reaches(await replica.Begin(items), OperationState.Succeeded);

        operation.Done.ShouldBe(400);
        script.Handled.Order().ShouldBe(items);
        (await replica.Store.CountItems(operation.Id, outcome: null, Stop)).ShouldBe(400);
    }

    [Fact]
    public async Task An_item_that_fails_does_not_fail_the_operation()
    {
        var script = new Script { Item = (item, _) => item == "b" ? throw new InvalidOperationException("b is broken") : Task.FromResult(ItemResult.Skipped("not needed")) };
        await using var replica = await OperationsReplica.Start(database, script);

        var operation = await replica.Reaches(await replica.Begin(Abc), OperationState.Succeeded);

        operation.Failed.ShouldBe(1);
        var failed = (await replica.Operations.Items(operation.Id, ItemOutcome.Failed, 0, 10, Stop)).ShouldHaveSingleItem();
        failed.Key.ShouldBe("b");
        failed.Message.ShouldBe("b is broken");
        (await replica.KeysOf(operation.Id, ItemOutcome.Skipped)).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_the_operation_with_its_message()
    {
        var script = new Script
        {
            Run = async (operation, cancellationToken) =>
            {
                await operation.Log("half way", cancellationToken);
                throw new InvalidOperationException("The broker refused us.");
            },
        };
        await using var replica = await OperationsReplica.Start(database, script);

        var operation = await replica.Reaches(await replica.Begin(Abc), OperationState.Failed);

        operation.Message.ShouldBe("The broker refused us.");
        (await replica.LogOf(operation.Id)).ShouldBe(["half way", "Failed: The broker refused us."]);
    }

    [Fact]
    public async Task Two_items_of_one_key_are_refused()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());

        var operation = await replica.Reaches(await replica.Begin(["a", "a"]), OperationState.Failed);

        operation.Message.ShouldNotBeNull().ShouldContain("'a'");
    }

    [Fact]
    public async Task Progress_of_work_without_items_is_shown()
    {
        var script = new Script { Run = (operation, cancellationToken) => operation.Progress(7, 10, "Seven of ten", cancellationToken) };
        await using var replica = await OperationsReplica.Start(database, script);

        var operation = await replica.Reaches(await replica.Begin([]), OperationState.Succeeded);

        (operation.Done, operation.Total, operation.Message).ShouldBe((7, 10, "Seven of ten"));
    }

    [Fact]
    public async Task A_paused_operation_goes_on_where_it_was()
    {
        var items = Enumerable.Range(0, 200).Select(i => $"{i:000}").ToArray();
        var script = new Script
        {
            Item = async (_, cancellationToken) =>
            {
                await Task.Delay(20, cancellationToken);
                return ItemResult.Succeeded();
            },
        };
        await using var replica = await OperationsReplica.Start(database, script);
        var id = await replica.Begin(items);
        await Eventually.Be(() => script.Handled.Count >= 2, "it is under way");

        (await replica.Operations.Pause(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.Done);
        var paused = await replica.Reaches(id, OperationState.Paused);
        (await replica.Operations.Pause(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.NotPossible);
        paused.Done.ShouldBe(script.Handled.Count);
        paused.Done.ShouldBeLessThan(200);

        (await replica.Operations.Resume(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.Done);
        var operation = await replica.Reaches(id, OperationState.Succeeded);
        operation.Done.ShouldBe(200);
        operation.Attempt.ShouldBe(1);
        script.Handled.ShouldBe(items);
        (await replica.LogOf(id)).ShouldBe(["Paused by Mae.", "Resumed by Mae."]);
    }

    [Fact]
    public async Task A_cancelled_operation_ends_its_handler_by_the_token()
    {
        var script = new Script
        {
            Item = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return ItemResult.Succeeded();
            },
        };
        await using var replica = await OperationsReplica.Start(database, script);
        var id = await replica.Begin(Abc);
        await Eventually.Be(() => script.Handled.Count == 1, "the first item is in hand");

        (await replica.Operations.Cancel(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.Done);

        var operation = await replica.Reaches(id, OperationState.Cancelled);
        operation.EndedAt.ShouldNotBeNull();
        operation.Done.ShouldBe(0);
        (await replica.Operations.Cancel(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.NotPossible);
        (await replica.Operations.Resume(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.NotPossible);
    }

    [Fact]
    public async Task What_has_not_begun_is_paused_and_cancelled_at_once()
    {
        await using var replica = OperationsReplica.Build(database, new Script());
        var id = await replica.Begin(Abc);

        (await replica.Operations.Pause(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.Done);
        (await replica.Find(id)).State.ShouldBe(OperationState.Paused);
        (await replica.Operations.Cancel(id, OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.Done);
        (await replica.Find(id)).State.ShouldBe(OperationState.Cancelled);
        (await replica.Operations.Pause(Guid.NewGuid(), OperationsReplica.Mae, Stop)).ShouldBe(SteeringResult.NotFound);
    }

    [Fact]
    public async Task Steering_is_recorded_in_the_audit()
    {
        await using var replica = OperationsReplica.Build(database, new Script());
        var id = await replica.Begin(Abc);

        await replica.Operations.Cancel(id, OperationsReplica.Mae, Stop);

        var recorded = await replica.Database.Query<string>(
            "select subject from portal_audit where action = 'operations.cancelled' and actor = 'user:default/mae'", Stop);
        recorded.ShouldContain("Handle the items");
    }

    [Fact]
    public async Task Many_failures_in_a_row_pause_the_operation()
    {
        var script = new Script
        {
            Item = (item, _) => Task.FromResult(item is "c" or "d" or "e" ? ItemResult.Failed($"no {item}") : ItemResult.Succeeded()),
            Options = new EachOptions { PauseAfterFailuresInARow = 3 },
        };
        await using var replica = await OperationsReplica.Start(database, script);

        var paused = await replica.Reaches(await replica.Begin(["a", "b", "c", "d", "e", "f"]), OperationState.Paused);

        paused.Message.ShouldBe("Paused after 3 failures in a row. The last: no e");
        paused.Done.ShouldBe(5);
        await replica.Operations.Resume(paused.Id, OperationsReplica.Mae, Stop);
        var operation = await replica.Reaches(paused.Id, OperationState.Succeeded);
        (operation.Done, operation.Failed).ShouldBe((6, 3));
    }

    [Fact]
    public async Task An_operation_is_undone_once_by_another_that_knows_its_input()
    {
        var undone = new List<string>();
        var script = new Script
        {
            Undo = async (operation, cancellationToken) =>
            {
                undone.Add(operation.Operation.Title);
                await operation.Each(operation.Input<string[]>(), item => item, (_, _) => Task.FromResult(ItemResult.Succeeded("taken back")), options: null, cancellationToken);
            },
        };
        await using var replica = await OperationsReplica.Start(database, script);
        var id = await replica.Begin(Abc);
        (await replica.Reaches(id, OperationState.Succeeded)).CanUndo.ShouldBeTrue();

        var (result, undo) = await replica.Operations.Undo(id, OperationsReplica.Mae, Stop);

        result.ShouldBe(SteeringResult.Done);
        var operation = await replica.Reaches(undo.ShouldNotBeNull(), OperationState.Succeeded);
        operation.Undoes.ShouldBe(id);
        operation.Done.ShouldBe(3);
        operation.CanUndo.ShouldBeFalse();
        undone.ShouldBe(["Handle the items"]);
        (await replica.Find(id)).CanUndo.ShouldBeFalse();
        (await replica.Operations.Undo(id, OperationsReplica.Mae, Stop)).Result.ShouldBe(SteeringResult.NotPossible);
    }

    [Fact]
    public async Task What_its_handler_cannot_undo_is_not_undone()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());
        var id = await replica.Begin([], kind: "test.one-way");
        (await replica.Reaches(id, OperationState.Succeeded)).CanUndo.ShouldBeFalse();

        (await replica.Operations.Undo(id, OperationsReplica.Mae, Stop)).Result.ShouldBe(SteeringResult.NotPossible);
    }

    [Fact]
    public async Task A_key_stands_for_one_unfinished_operation()
    {
        await using var replica = OperationsReplica.Build(database, new Script());

        var first = await replica.Begin(Abc, key: "nightly");
        var again = await replica.Begin(Abc, key: "nightly");
        await replica.Operations.Cancel(first, OperationsReplica.Mae, Stop);
        var next = await replica.Begin(Abc, key: "nightly");

        again.ShouldBe(first);
        next.ShouldNotBe(first);
        await replica.Operations.Cancel(next, OperationsReplica.Mae, Stop);
    }

    [Fact]
    public async Task An_operation_begun_in_a_transaction_that_fails_never_was()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());
        var id = Guid.Empty;

        await Should.ThrowAsync<InvalidOperationException>(replica.Database.Transaction<int>(
            async transaction =>
            {
                id = await replica.Operations.Start(transaction, new NewOperation(OperationsReplica.Kind, "Never", OperationsReplica.Mae), Stop);
                throw new InvalidOperationException("changed my mind");
            },
            Stop));

        (await replica.Operations.Find(id, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_kind_nobody_handles_cannot_be_begun()
    {
        await using var replica = OperationsReplica.Build(database, new Script());

        var problem = await Should.ThrowAsync<ArgumentException>(replica.Begin(Abc, kind: "nobody.knows"));

        problem.Message.ShouldContain("nobody.knows");
    }

    [Fact]
    public async Task A_checkpoint_and_the_log_survive_a_pause()
    {
        var loaded = new List<int>();
        var script = new Script
        {
            Run = async (operation, cancellationToken) =>
            {
                loaded.Add(await operation.LoadCheckpoint<int>(cancellationToken));
                await operation.Log($"at {loaded[^1]}", cancellationToken);
                while (loaded.Count == 1)
                {
                    await operation.SaveCheckpoint(42, cancellationToken);
                    await Task.Delay(20, cancellationToken);
                }
            },
        };
        await using var replica = await OperationsReplica.Start(database, script);
        var id = await replica.Begin([]);
        await Eventually.Be(async () => await replica.Runs.LoadCheckpoint(id, Stop) == "42", "the checkpoint is saved");

        await replica.Operations.Pause(id, OperationsReplica.Mae, Stop);
        await replica.Reaches(id, OperationState.Paused);
        await replica.Operations.Resume(id, OperationsReplica.Mae, Stop);
        await replica.Reaches(id, OperationState.Succeeded);

        loaded.ShouldBe([0, 42]);
        (await replica.LogOf(id)).ShouldBe(["at 0", "Paused by Mae.", "Resumed by Mae.", "at 42"]);
    }

    [Fact]
    public async Task A_full_log_says_so_once()
    {
        var script = new Script
        {
            Run = async (operation, cancellationToken) =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await operation.Log(new string('x', 10_000), cancellationToken);
                }
            },
        };
        await using var replica = await OperationsReplica.Start(database, script, new RunnerLimits { MostLogLines = 3, Poll = TimeSpan.FromMilliseconds(200) });

        var operation = await replica.Reaches(await replica.Begin([]), OperationState.Succeeded);

        var log = await replica.LogOf(operation.Id);
        log.Count.ShouldBe(4);
        log[0].Length.ShouldBe(OperationStore.LongestText);
        log[3].ShouldContain("The log is full at 3 lines");
    }

    [Fact]
    public async Task Operations_are_listed_by_state_and_kind()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());
        var id = await replica.Begin(Abc);
        var other = await replica.Begin([], kind: "test.one-way");
        await replica.Reaches(id, OperationState.Succeeded);
        await replica.Reaches(other, OperationState.Succeeded);

        var (page, total) = await replica.Operations.List(
            new OperationFilter { Kind = "test.one-way", States = [OperationState.Succeeded], StartedBy = OperationsReplica.Mae.Ref }, Stop);
        var (none, _) = await replica.Operations.List(new OperationFilter { Kind = "test.one-way", States = [OperationState.Running] }, Stop);

        page.ShouldContain(operation => operation.Id == other);
        page.ShouldAllBe(operation => operation.Kind == "test.one-way");
        total.ShouldBe(page.Count);
        none.ShouldBeEmpty();
    }

    [Fact]
    public async Task Operations_that_ended_long_ago_are_deleted_with_all_they_have()
    {
        await using var replica = await OperationsReplica.Start(database, new Script());
        var old = await replica.Begin(Abc);
        await replica.Reaches(old, OperationState.Succeeded);
        await replica.Database.Execute("update portal_operations set ended_at = @then where id = @old", new { old, then = DateTimeOffset.UtcNow.AddDays(-91) }, Stop);
        var recent = await replica.Begin(Abc);
        await replica.Reaches(recent, OperationState.Succeeded);
        var job = new PruneOperations(replica.Store, Microsoft.Extensions.Options.Options.Create(new OperationsOptions()), TimeProvider.System);
        var context = new JobContext("portal.prune-operations", DateTimeOffset.UtcNow, byHand: false);

        await job.Run(context, Stop);

        context.Summary.ShouldBe("1 operation deleted");
        (await replica.Operations.Find(old, Stop)).ShouldBeNull();
        (await replica.KeysOf(old)).ShouldBeEmpty();
        (await replica.KeysOf(recent)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_interrupted_again_and_again_without_getting_further_is_given_up()
    {
        await using var replica = OperationsReplica.Build(database, new Script());
        var id = await replica.Begin(Abc);
        var taken = 0;

        while (await replica.Runs.TakeUp(id, Guid.NewGuid(), Stop) is not null && taken < 100)
        {
            taken++;
        }

        taken.ShouldBe(10);
        var operation = await replica.Find(id);
        operation.State.ShouldBe(OperationState.Failed);
        operation.Message.ShouldNotBeNull().ShouldStartWith("Given up");
    }
}

public sealed class OperationsOnSqliteTests(SqliteFixture database) : OperationsTests<SqliteFixture>(database);

public sealed class OperationsOnPostgresTests(PostgresFixture database) : OperationsTests<PostgresFixture>(database);
