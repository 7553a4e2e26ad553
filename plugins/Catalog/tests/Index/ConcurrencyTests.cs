using System.Text.Json;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Index;

public sealed class ConcurrencyTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_always_see_one_whole_catalog_while_it_changes_and_is_merged()
    {
        // Two entities always change together: a reader that sees them differ has seen half a change.
        var index = await CatalogIndexTests.Loaded([.. Enumerable.Range(0, 500).Select(i => Thing(i, 0))]);
        using var done = new CancellationTokenSource();
        using var looking = new CountdownEvent(2);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var looks = 0;
            looking.Signal();
            do
            {
                var snapshot = index.Current;
                snapshot.Count.ShouldBe(500);
                var page = Paging.Take(snapshot, snapshot.Answers.Matching(EntityFilter.OfKind("component")), new PageQuery("metadata.name", looks % 2 == 0, 0, 600));
                page.Count.ShouldBe(500);
                page.Select(found => found.Document).ShouldNotBeEmpty();
                var at = looks++ % 250;
                Version(snapshot, at).ShouldBe(Version(snapshot, at + 250));
                snapshot.Answers.Facet("spec.version", EntityFilter.Everything).Sum(value => value.Count).ShouldBe(500);
            }
            while (!done.IsCancellationRequested);

            return looks;
        }, Cancelled)).ToList();

        // The readers look on while it changes, however busy the machine is.
        looking.Wait(Cancelled);
        for (var version = 1; version <= 400; version++)
        {
            var at = version * 7 % 250;
            index.Apply([Thing(at, version), Thing(at + 250, version)], [], version);
        }

        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(looks => looks > 0);
        index.Current.Segments.Length.ShouldBeLessThan(40);
    }

    private static StoredEntity Thing(int i, int version) => CatalogIndexTests.Stored(
        $"component:default/thing-{i:000}",
        $$"""{"kind":"Component","metadata":{"name":"thing-{{i:000}}"},"spec":{"version":{{version}} } }""",
        [new("dependsOn", "dependencyOf", EntityRef.Parse($"component:default/thing-{(i + version) % 500:000}"))]);

    private static int Version(Snapshot snapshot, int i)
    {
        using var document = JsonDocument.Parse(snapshot.Find("component", "default", $"thing-{i:000}")!.Value.Json());
        return document.RootElement.GetProperty("spec").GetProperty("version").GetInt32();
    }
}
