using Stagedoor.Plugins;

namespace Stagedoor;

/// <summary>The plugins that come with the portal. This list and the folder <c>plugins/</c> beside the data are all there is.</summary>
internal static class FirstParty
{
    public static readonly IReadOnlyList<IPlugin> Plugins =
    [
        new Home.HomePlugin(),
        new Sources.SourcesPlugin(),
        new Catalog.CatalogPlugin(),
        new Org.OrgPlugin(),
        new Graph.GraphPlugin(),
        new Docs.DocsPlugin(),
#if BIRTHDAYS
        new Acme.Birthdays.BirthdaysPlugin(),
#endif
    ];
}
