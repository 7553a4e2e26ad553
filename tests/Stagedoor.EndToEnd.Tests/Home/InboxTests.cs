using Microsoft.Playwright;
using Stagedoor.EndToEnd.Tests.Pages;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Home;

/// <summary>The inbox in a browser, filled by what is sent when a subscribed entity changes.</summary>
public sealed class InboxTests(BrowserFixture browser)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_bell_counts_and_reading_marks_and_a_muted_topic_is_heard_again(bool scripts)
    {
        Needs.Chromium();
        using var folder = new CatalogFolder();
        folder.Write("kiln", "first");
        await using var portal = await PortalProcess.Start(
            new PortalProcessOptions { Sample = "polaris", Configuration = $"catalog:\n  locations:\n    - type: file\n      target: {folder.Path}/*.yaml\n" }, Cancelled);
        await Eventually.Reach("kiln is in the catalog", TimeSpan.FromSeconds(60), () => Has(portal, "first"), found => found, Cancelled);
        using (var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["subscribe"] = "component:default/kiln" }))
        {
            using var subscribed = await portal.Http.PostAsync(portal.At("/marks"), content, Cancelled);
            ((int)subscribed.StatusCode).ShouldBe(204);
        }

        folder.Write("kiln", "second");
        await Eventually.Reach("it is told", TimeSpan.FromSeconds(90), () => portal.Http.GetStringAsync(portal.At("/api/portal/notifications/count"), Cancelled), count => !count.Contains(":0", StringComparison.Ordinal), Cancelled);
        await using var visitor = await browser.Open(View.Desktop with { Scripts = scripts });
        await visitor.Go(portal.At("/"));
        (await visitor.Page.Locator(".bell .dot").InnerTextAsync()).ShouldBe("1");

        await visitor.Page.Locator(".bell").ClickAsync();
        await visitor.Page.Locator(".inbox .unread h3 a").ClickAsync();
        await visitor.Page.Locator("h1", new PageLocatorOptions { HasText = "kiln" }).WaitForAsync();
        await visitor.Go(portal.At("/notifications"));
        (await visitor.Page.Locator(".bell .dot").CountAsync()).ShouldBe(0);
        (await visitor.Page.Locator(".inbox .unread").CountAsync()).ShouldBe(0);

        await visitor.Page.Locator(".inbox input[type=checkbox]").First.CheckAsync();
        await visitor.Page.Locator(".chosen button[value=unread]").ClickAsync();
        await visitor.Page.Locator(".bell .dot").WaitForAsync();
        await visitor.Page.Locator("main button[value=read-all]").ClickAsync();
        await visitor.Page.GetByText("1 marked as read").First.WaitForAsync();
        if (scripts)
        {
            // What looks at the page is itself a script.
            await visitor.ShouldBeAccessible();
        }

        await visitor.Go(portal.At("/settings/notifications"));
        await visitor.Page.Locator("main button[value^='mute:']").First.ClickAsync();
        await visitor.Page.Locator("main button[value^='hear:']").First.ClickAsync();
        await visitor.Page.Locator("main button[value^='mute:']").First.WaitForAsync();
        visitor.Complaints.ShouldBeEmpty();
    }

    private static async Task<bool> Has(PortalProcess portal, string description)
    {
        using var answer = await portal.Http.GetAsync(portal.At("/api/catalog/entities/by-name/component/default/kiln"), Cancelled);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(Cancelled)).Contains(description, StringComparison.Ordinal);
    }

    private sealed class CatalogFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("stagedoor-inbox-").FullName;

        public void Write(string name, string description) => File.WriteAllText(
            System.IO.Path.Combine(Path, $"{name}.yaml"),
            $"apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  description: {description}\nspec:\n  type: service\n  lifecycle: production\n  owner: group:default/squad-lantern\n");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
