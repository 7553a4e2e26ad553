using System.Net;
using Stagedoor.EndToEnd.Tests.Portals;

namespace Stagedoor.EndToEnd.Tests.Replicas;

/// <summary>Two replicas share the work, and one takes over from the other.</summary>
[Collection(nameof(TwoReplicasTests))]
public sealed class TwoReplicasTests
{
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, string?> Calm = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_firing_of_a_job_runs_on_one_replica_only()
    {
        await using var replicas = await TwoReplicas.Start(Calm, Cancelled);

        var beats = await Eventually.Reach(
            "The job has fired", TimeSpan.FromSeconds(60), () => replicas.First.Beats(Cancelled), beats => beats.Count >= 8, Cancelled);

        beats.DistinctFirings.ShouldBe(beats.Count);
    }

    [Fact]
    public async Task A_job_that_a_kill_interrupts_runs_again_on_the_other_replica()
    {
        await using var replicas = await TwoReplicas.Start(new Dictionary<string, string?> { ["CHAOS_RUNS_LONG"] = "true" }, Cancelled);
        var rows = await Eventually.Reach(
            "The long job began", TimeSpan.FromSeconds(60), () => replicas.First.SlowRows(Cancelled), rows => rows.Count > 0, Cancelled);
        var (running, other) = replicas.By(rows[0].Replica);

        await running.Kill();
        var after = await Eventually.Reach(
            "The other runs it again", Takeover, () => other.SlowRows(Cancelled), rows => rows.Count > 1, Cancelled);

        after[1].What.ShouldBe("began");
        after[1].Replica.ShouldBe(other.ProcessId.ToString());
    }

    [Fact]
    public async Task An_operation_that_a_kill_interrupts_goes_on_on_the_other_replica()
    {
        await using var replicas = await TwoReplicas.Start(Calm, Cancelled);
        var id = await replicas.First.StartOperation(Cancelled);
        var before = await Eventually.Reach(
            "Some items are handled", TimeSpan.FromSeconds(30), () => replicas.First.FindOperation(id, Cancelled), operation => operation.Distinct > 10, Cancelled);
        var (running, other) = replicas.By(before.Replicas[0]);

        await running.Kill();
        var taken = await Eventually.Reach(
            "The other takes over", Takeover, () => other.FindOperation(id, Cancelled), operation => operation.Replicas.Count == 2, Cancelled);
        var after = await Eventually.Reach(
            "The operation is finished", TimeSpan.FromSeconds(60), () => other.FindOperation(id, Cancelled), operation => operation.State == "Succeeded", Cancelled);

        taken.Replicas.ShouldContain(other.ProcessId.ToString());
        after.Distinct.ShouldBe(200);
        after.Times.ShouldBeInRange(200, 230, "Only what was handled in the moment before the kill may be handled again");
    }

    [Fact]
    public async Task An_operation_is_handed_over_at_once_when_its_replica_is_asked_to_stop()
    {
        await using var replicas = await TwoReplicas.Start(Calm, Cancelled);
        var id = await replicas.First.StartOperation(Cancelled);
        var before = await Eventually.Reach(
            "Some items are handled", TimeSpan.FromSeconds(30), () => replicas.First.FindOperation(id, Cancelled), operation => operation.Distinct > 10, Cancelled);
        var (running, other) = replicas.By(before.Replicas[0]);

        var code = await running.Stop(Cancelled);
        var after = await Eventually.Reach(
            "The other finishes it", TimeSpan.FromSeconds(60), () => other.FindOperation(id, Cancelled), operation => operation.State == "Succeeded", Cancelled);

        code.ShouldBe(0, running.Describe("A stop that was asked for is a success"));
        after.Distinct.ShouldBe(200);
        after.Times.ShouldBe(200);
    }

    [Fact]
    public async Task What_is_begun_on_one_replica_is_seen_on_the_other()
    {
        await using var replicas = await TwoReplicas.Start(Calm, Cancelled);

        var id = await replicas.First.StartOperation(Cancelled);
        using var seen = await replicas.Second.Http.GetAsync(new Uri($"api/chaos/operations/{id}", UriKind.Relative), Cancelled);

        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

/// <summary>These measure patience in seconds, so nothing else may compete for the machine.</summary>
[CollectionDefinition(nameof(TwoReplicasTests), DisableParallelization = true)]
public sealed class TwoReplicasAlone;
