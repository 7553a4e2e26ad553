namespace Stagedoor.CatalogClient.Tests;

/// <summary>What the official client registers, changes and removes.</summary>
public sealed class RegisteringTests
{
    [Fact]
    public async Task Every_method_that_writes_does_what_it_should()
    {
        await using var portal = await AskedPortal.Start(TestContext.Current.CancellationToken);

        await portal.Ask("locations.test.mjs");
    }
}
