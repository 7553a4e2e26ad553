using Stagedoor.Testing.Browser;

namespace Stagedoor.EndToEnd.Tests.Harness;

/// <summary>What judges the portal's pages must itself be able to find fault.</summary>
public sealed class VisitorTests(BrowserFixture browser)
{
    private const string Good = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title><link rel="stylesheet" href="/style.css"></head>
        <body><main><h1>Good</h1><p>Nothing wrong here.</p></main></body></html>
        """;

    private const string Bad = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bad</title></head>
        <body><main><h1>Bad</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><button></button><p style="color: red">styled</p></main></body></html>
        """;

    [Fact]
    public async Task A_page_without_faults_is_accessible_and_draws_no_complaint()
    {
        await using var site = await TinySite.Serve(Good);
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(site.Address);

        await visitor.ShouldBeAccessible();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_serious_violation_is_named_with_its_place_and_its_cure()
    {
        await using var site = await TinySite.Serve(Bad, "default-src 'self' data:");
        await using var visitor = await browser.Open(View.Phone with { Dark = true });
        await visitor.Go(site.Address);

        var failure = await Record.ExceptionAsync(visitor.ShouldBeAccessible);

        failure.ShouldNotBeNull();
        failure.Message.ShouldContain("image-alt");
        failure.Message.ShouldContain("<button>");
        failure.Message.ShouldContain("phone-dark");
    }

    [Fact]
    public async Task What_the_content_policy_refuses_is_a_complaint()
    {
        await using var site = await TinySite.Serve(Bad);
        await using var visitor = await browser.Open(View.Desktop);

        await visitor.Go(site.Address);

        visitor.Complaints.ShouldContain(complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_cached_costs_nothing_on_a_later_visit()
    {
        await using var site = await TinySite.Serve(Good);
        await using var visitor = await browser.Open(View.Desktop);

        var first = await visitor.Weigh(site.Address);
        var later = await visitor.Weigh(site.Address);

        first.Bytes.ShouldBeInRange(20_000, 24_000, first.ToString());
        later.Bytes.ShouldBeInRange(200, 2_000, later.ToString());
    }
}
