using System.Globalization;
using System.Text;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Tests.Engine;
using Stagedoor.Plugins;
using Stagedoor.Testing.Waiting;
using static Stagedoor.Catalog.Tests.Engine.CatalogPortal;

namespace Stagedoor.Catalog.Tests.Pages;

/// <summary>Who is told that an entity changed.</summary>
public sealed class SubscriptionTests
{
    /// <summary>More than one notification may have.</summary>
    private const int People = 1100;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task All_who_have_subscribed_and_still_belong_here_are_told_once(Store store)
    {
        await using var portal = await Start(store, files: [("people.yaml", Everybody()), ("a.yaml", Component("a")), ("b.yaml", Component("b"))]);
        await portal.Comes("component:default/a");
        await portal.Comes($"user:default/p{People - 1}");
        await portal.Rests();
        var directory = portal.Portal.Service<IDirectory>();
        await Eventually.Reach("the directory has all", TimeSpan.FromSeconds(30), () => Task.FromResult(directory.People.Count), count => count == People, Cancelled);
        var marks = portal.Portal.Service<IEntityMarks>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, People).Select(Name).Append("gone"), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = Cancelled },
            async (name, cancelled) => await marks.Set(EntityRef.User(name), EntityMark.Subscription, EntityRef.Parse("component:default/a"), on: true, cancelled));

        portal.Write("b.yaml", Component("b", owner: "group:default/other"));
        portal.Write("a.yaml", Component("a", owner: "group:default/other"));

        var told = await Eventually.Reach(
            "all are told", TimeSpan.FromSeconds(60), () => portal.Portal.Service<IDatabase>().Query<Told>("select person, count(*) as times from portal_inbox where topic = 'catalog.changed' group by person", Cancelled), rows => rows.Count >= People, Cancelled);
        told.Count.ShouldBe(People);
        told.ShouldAllBe(one => one.Times == 1 && one.Person != "user:default/gone");
        (await Eventually.Reach(
            "nothing is left to tell", TimeSpan.FromSeconds(30), () => portal.Portal.Service<IWorkQueue>().State(TellingWork.Queue, Cancelled), state => state.Due + state.Later + state.Claimed == 0, Cancelled)).GaveUp.ShouldBe(0);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number}");

    private static string Everybody()
    {
        var text = new StringBuilder();
        foreach (var name in Enumerable.Range(0, People).Select(Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: {name}\nspec:\n  memberOf: []\n");
        }

        return text.ToString();
    }

    private sealed record Told(string Person, long Times);
}
