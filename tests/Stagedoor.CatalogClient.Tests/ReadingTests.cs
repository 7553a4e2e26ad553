namespace Stagedoor.CatalogClient.Tests;

/// <summary>What the official client reads, and that it is what its own in-memory client would answer.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task Every_method_that_reads_answers_as_it_should()
    {
        await using var portal = await AskedPortal.Start(TestContext.Current.CancellationToken);

        await portal.Ask("reading.test.mjs");
    }

    [Fact]
    public async Task Statuses_headers_and_refusals_are_those_of_the_backend()
    {
        await using var portal = await AskedPortal.Start(TestContext.Current.CancellationToken);

        await portal.Ask("wire.test.mjs");
    }

    [Fact]
    public async Task Ten_thousand_generated_requests_have_no_unexplained_difference()
    {
        await using var portal = await AskedPortal.Start(TestContext.Current.CancellationToken);

        await portal.Ask("differential.mjs", "--requests", "10000");
    }
}
