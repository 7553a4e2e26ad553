using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.BadDays;

/// <summary>A portal that is killed while it takes in thousands of entities loses none of them and tells none twice.</summary>
public sealed class KilledIngestTests : IDisposable
{
    private readonly ManyEntities _entities = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _entities.Dispose();

    [Fact]
    public async Task A_single_portal_goes_on_after_its_restart()
    {
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = _entities.Configuration() }, Cancelled);
        var before = await Eventually.Reach("Some are in", TimeSpan.FromSeconds(30), () => ManyEntities.Components(portal), count => count > 0, Cancelled);
        await portal.Kill();

        await portal.StartAgain(Cancelled);
        var seen = await Eventually.Reach("All are in", TimeSpan.FromSeconds(90), () => ManyEntities.Components(portal), count => count >= ManyEntities.Whole, Cancelled);

        before.ShouldBeLessThan(ManyEntities.Whole, "It was killed in the middle");
        seen.ShouldBe(ManyEntities.Whole);
        await ManyEntities.ShouldTellEachOnce(portal);
    }
}
