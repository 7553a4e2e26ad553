using Stagedoor.Catalog;
using Stagedoor.Plugins;
using Stagedoor.Sources;
using Stagedoor.Testing.Portals;

namespace Stagedoor.Docs.Tests.Portals;

/// <summary>What portals with documentation have in common: their plugins, and files that tests write.</summary>
internal static class DocsPortals
{
    public static Task<TestPortal> Start(string configuration, params IPlugin[] more) => TestPortal.Start(
        new TestPortalOptions { Plugins = [new SourcesPlugin(), new CatalogPlugin(), new DocsPlugin(), .. more], Configuration = configuration, Sample = "none" }, TestContext.Current.CancellationToken);

    public static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>A component by its YAML.</summary>
    /// <param name="metadata">More of its metadata, line by line.</param>
    public static string Component(string name, string metadata = "", string owner = "guests") =>
        $"""
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
          {metadata.ReplaceLineEndings("\n  ")}
        spec:
          type: service
          lifecycle: production
          owner: {owner}

        """;
}
