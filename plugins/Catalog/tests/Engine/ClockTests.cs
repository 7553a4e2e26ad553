using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;
using Stagedoor.Testing.Clock;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Engine;

public sealed class ClockTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_clock_that_is_set_back_does_not_tear_the_order_of_the_log(Store store)
    {
        await using var portal = await Start(store, files: ("a.yaml", Component("a")));
        await portal.Comes("component:default/a");
        await portal.Rests();

        // A replica whose clock is far ahead commits, and is set right afterwards.
        var ahead = new ManualClock(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await new ChangeLog(portal.Portal.Service<IDatabase>(), portal.Portal.Service<TellingWork>(), ahead).Commit(
            ["component:default/a"],
            [],
            by: null,
            (decision, _, _) =>
            {
                decision.Mark("component:default/a", """[{"type":"x","level":"warning","message":"ahead"}]""");
                return Task.CompletedTask;
            },
            Cancelled);
        portal.Write("b.yaml", Component("b"));
        await portal.Comes("component:default/b");
        portal.Write("b.yaml", Component("b", owner: "group:default/later"));
        await portal.Comes("component:default/b", entity => entity.Owner == EntityRef.Group("later"));

        var lines = await portal.Portal.Service<IDatabase>().Query<Line>("select seq, at from catalog_changes order by seq", Cancelled);
        lines.Select(line => line.Seq).ShouldBe(Enumerable.Range(1, lines.Count).Select(number => (long)number));
        lines.Select(line => line.At).ShouldBeInOrder();
        lines[^1].At.ShouldBeGreaterThanOrEqualTo(ahead.GetUtcNow());
        var versions = (await portal.Get("history/component/default/b")).GetProperty("items");
        versions[0].GetProperty("change").GetString().ShouldBe("updated");
        versions[1].GetProperty("change").GetString().ShouldBe("created");
    }

    private sealed record Line(long Seq, DateTimeOffset At);
}
