using Stagedoor.EndToEnd.Tests.BadDays;
using Stagedoor.Testing.Databases;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Replicas;

/// <summary>A replica that is killed while it takes in thousands of entities leaves them to the other.</summary>
public sealed class KilledIngestTests : IDisposable
{
    private readonly ManyEntities _entities = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _entities.Dispose();

    [Fact]
    public async Task The_other_replica_finishes_what_a_killed_one_began()
    {
        await using var database = await TemporaryPostgres.Create(Cancelled);
        var options = new PortalProcessOptions { Postgres = database.ConnectionString, Configuration = _entities.Configuration() };
        await using var first = PortalProcess.Launch(options);
        await using var second = PortalProcess.Launch(options);
        await Eventually.Reach("Some are in", TimeSpan.FromSeconds(60), () => Count(database), count => count > 0, Cancelled);

        // There is work for both. Whoever is not ready yet has none in hand.
        var (killed, other) = await IsReady(first) ? (first, second) : (second, first);
        await killed.Kill();
        var before = await Count(database);
        await other.UntilReady(Cancelled);
        var seen = await Eventually.Reach("All are in", TimeSpan.FromSeconds(90), () => ManyEntities.Components(other), count => count >= ManyEntities.Whole, Cancelled);

        before.ShouldBeLessThan(ManyEntities.Whole, "It was killed in the middle");
        seen.ShouldBe(ManyEntities.Whole);
        await ManyEntities.ShouldTellEachOnce(other);
        (await database.Read<long>("select count(*) from catalog_entities where ref like 'component:default/c-%'", Cancelled)).ShouldBe(ManyEntities.Whole);
    }

    private static async Task<bool> IsReady(PortalProcess portal)
    {
        try
        {
            using var answer = await portal.Http.GetAsync(new Uri("readyz", UriKind.Relative), Cancelled);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static async Task<long> Count(TemporaryPostgres database) =>
        await database.Read<bool>("select to_regclass('catalog_entities') is not null", Cancelled) ? await database.Read<long>("select count(*) from catalog_entities", Cancelled) : 0;
}
