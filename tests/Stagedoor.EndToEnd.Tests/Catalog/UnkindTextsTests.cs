using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.EndToEnd.Tests.Catalog;

/// <summary>Texts of 300 characters without a blank, in every field that has one: pages scroll up and down, not sideways.</summary>
public sealed class UnkindTextsTests(BrowserFixture browser)
{
    private static readonly string Long = new('W', 300);

    private static readonly string[] Pages =
    [
        "/catalog", "/catalog?kind=all", "/catalog?kind=component&columns=owner,tags,system,description", "/find?q=WWWW", "/squads", "/squads/people",
        "/catalog/default/component/a", "/catalog/default/component/a/dependencies", "/catalog/default/component/a/impact", "/catalog/default/component/a/inspect/relations",
        "/catalog/default/api/a/definition", "/catalog/default/api/a/impact", "/catalog/default/group/a", "/catalog/default/user/a",
        "/catalog-graph?root=component:default/a", "/catalog-graph?root=component:default/a&list=entities",
    ];

    [Theory]
    [InlineData(390)]
    [InlineData(1120)]
    [InlineData(1440)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        using var folder = new EntityFolder();
        folder.Write("all.yaml", string.Join("---\n", Entities()));
        var configuration = folder.Configuration + "  rules: [{allow: [Component, API, System, Group, User]}]\n";
        var cancelled = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.Start(new PortalProcessOptions { Configuration = configuration }, cancelled);
        await Eventually.Be(async () => (await portal.Http.GetAsync(new Uri(portal.Address, "/catalog/default/user/a"), cancelled)).IsSuccessStatusCode, "its entities are there");
        await using var visitor = await browser.Open(View.Desktop with { Width = width });
        var wide = new List<string>();

        foreach (var page in Pages)
        {
            await visitor.Go(new Uri(portal.Address, page));
            var over = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (over > 0)
            {
                wide.Add($"{page}: {over} pixels");
            }
        }

        wide.ShouldBeEmpty();
    }

    private static IEnumerable<string> Entities()
    {
        yield return Entity("Component", "{type: @, lifecycle: @, owner: 'group:default/a', system: a, dependsOn: ['component:default/b'], providesApis: [a]}");
        yield return Entity("Component", "{type: @, lifecycle: @, owner: 'group:default/a', dependsOn: ['component:default/a'], consumesApis: [a]}", "b");
        yield return Entity("API", "{type: @, lifecycle: @, owner: 'group:default/a', system: a, definition: @}");
        yield return Entity("System", "{owner: 'group:default/a', type: @}");
        yield return Entity("Group", "{type: @, profile: {displayName: @}, children: [b]}");
        yield return Entity("Group", "{type: @, profile: {displayName: @}, parent: a, children: []}", "b");
        yield return Entity("User", "{profile: {displayName: @}, memberOf: [b]}");
    }

    private static string Entity(string kind, string spec, string name = "a") =>
        $$"""
        apiVersion: backstage.io/v1alpha1
        kind: {{kind}}
        metadata: {name: {{name}}, title: {{Long}}, description: {{Long}}, tags: [one, two, three, four, five]}
        spec: {{spec.Replace("@", Long, StringComparison.Ordinal)}}

        """;
}
