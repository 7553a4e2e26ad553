using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Docs.Coverage;
using Stagedoor.Docs.Tests.Reading;
using Stagedoor.Plugins;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Docs.Tests.Coverage;

public sealed class CoverageTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_missing_broken_old_and_out_of_reach_is_listed()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  oldAfterDays: 30\n", null, ("docs/rules.md", "# Rules\n[gone](gone.md) [also](#nowhere)\n"));
        portal.WriteHere("bare.yaml", GitDocsPortal.Entity("bare", "example.com/x: y"));
        portal.WriteHere("lost.yaml", GitDocsPortal.Entity("lost", "backstage.io/techdocs-ref: dir:../.."));
        File.SetLastWriteTimeUtc(Path.Combine(portal.Root, "here", "docs", "index.md"), DateTime.UtcNow.AddDays(-90));
        await portal.Knows(new EntityRef("component", "default", "bare"));
        await portal.Knows(new EntityRef("component", "default", "lost"));

        var job = await Check(portal);

        job.Summary.ShouldBe("3 looked at, 1 out of reach");
        (await Rows(portal, "")).ShouldBe(["bare guests service production"]);
        (await Rows(portal, "?view=broken")).ShouldHaveSingleItem().ShouldMatch("^ledger guests 2 .* 2$");
        (await Rows(portal, "?view=old")).ShouldHaveSingleItem().ShouldMatch("^local guests 1 .* 0$");
        (await Rows(portal, "?view=unreadable")).ShouldHaveSingleItem().ShouldContain("leads out of where the entity comes from");
        (await Rows(portal, "?view=all")).Count.ShouldBe(3);
        (await portal.Page("/docs-coverage?owner=group:default/others")).QuerySelector("main")!.TextContent.ShouldContain("This owner has no components");
        var page = await portal.Page("/docs-coverage");
        page.QuerySelector("main")!.TextContent.ShouldContain("3 of 4 components have documentation: 75 %");
    }

    [Fact]
    public async Task What_has_not_changed_costs_a_glance_and_what_is_gone_is_forgotten()
    {
        await using var portal = await GitDocsPortal.Start();
        await Check(portal);
        var store = portal.Portal.Service<CoverageStore>();
        var before = (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull();

        File.Delete(Path.Combine(portal.Root, "here", "catalog-info.yaml"));
        await portal.Forgets(GitDocsPortal.Local);
        await Check(portal);

        var after = (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull();
        (after.Version, after.Pages, after.ChangedAt).ShouldBe((before.Version, before.Pages, before.ChangedAt));
        after.CheckedAt.ShouldBeGreaterThan(before.CheckedAt);
        (await store.Find(GitDocsPortal.Local, Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_what_is_out_of_reach_the_last_known_is_kept_and_its_trouble_told_until_it_is_back()
    {
        await using var portal = await GitDocsPortal.Start("docs:\n  checkEvery: 00:00:01\n");
        await Check(portal);
        var store = portal.Portal.Service<CoverageStore>();

        portal.Git.IsDown = true;
        await Eventually.Reach("the trouble is known", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger), open => open.Trouble is not null, Cancelled);
        await Check(portal);
        var lost = (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull();
        portal.Git.IsDown = false;
        await Eventually.Reach("the trouble is over", TimeSpan.FromSeconds(60), () => portal.Open(GitDocsPortal.Ledger), open => open.Trouble is null, Cancelled);
        await Check(portal);
        var back = (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull();

        lost.Trouble.ShouldNotBeNull();
        (lost.Pages, lost.ChangedAt).ShouldBe((back.Pages, back.ChangedAt));
        back.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_history_that_was_not_there_is_asked_for_again()
    {
        await using var portal = await GitDocsPortal.Start();
        await Check(portal);
        var store = portal.Portal.Service<CoverageStore>();
        var known = (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull();

        await store.Put(known with { ChangedAt = null }, Cancelled);
        await Check(portal);

        (await store.Find(GitDocsPortal.Ledger, Cancelled)).ShouldNotBeNull().ChangedAt.ShouldBe(known.ChangedAt.ShouldNotBeNull());
    }

    private static async Task<JobContext> Check(GitDocsPortal portal)
    {
        var job = new JobContext("docs.check-coverage", DateTimeOffset.UtcNow, byHand: true);
        await using var scope = portal.Portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckCoverage>().Run(job, Cancelled);
        return job;
    }

    private static async Task<List<string>> Rows(GitDocsPortal portal, string query)
    {
        var page = await portal.Page($"/docs-coverage{query}");
        foreach (var line in page.QuerySelectorAll(".brief"))
        {
            line.Remove();
        }

        return [.. page.QuerySelectorAll("main tbody tr").Select(row => string.Join(' ', row.Children.SelectMany(cell => cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))];
    }
}
