using System.Net;
using Microsoft.Extensions.Hosting;
using Stagedoor.Docs.Tests.Reading;

namespace Stagedoor.Docs.Tests.Api;

public sealed class LiveEndpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_told_to_a_page_that_is_open_and_a_stop_of_the_portal_ends_that()
    {
        await using var portal = await GitDocsPortal.Start();
        var shown = (await portal.Page("/docs/default/component/local")).QuerySelector("docs-reader")!;
        await using var stream = await portal.Http.GetStreamAsync(shown.GetAttribute("data-live"), Cancelled);
        using var events = new StreamReader(stream);

        var first = await Next(events);
        portal.WriteHere("docs/index.md", "# Here\nSaved once more.\n");
        var second = await Next(events);
        portal.Portal.Service<IHostApplicationLifetime>().StopApplication();

        first.ShouldBe("data: " + shown.GetAttribute("data-version"));
        second.ShouldNotBe(first);
        (await Next(events)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_read_from_a_repository_is_not_followed()
    {
        await using var portal = await GitDocsPortal.Start();

        using var answer = await portal.Http.GetAsync("/api/docs/live/default/component/ledger", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await portal.Page("/docs/default/component/ledger")).QuerySelector("docs-reader")!.HasAttribute("data-live").ShouldBeFalse();
    }

    private static async Task<string?> Next(StreamReader events)
    {
        string? line;
        do
        {
            line = await events.ReadLineAsync(Cancelled);
        }
        while (line is { Length: 0 });

        return line;
    }
}
