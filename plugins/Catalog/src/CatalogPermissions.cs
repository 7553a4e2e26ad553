using Stagedoor.Plugins;

namespace Stagedoor.Catalog;

/// <summary>What one may do with the catalog.</summary>
internal static class CatalogPermissions
{
    public static readonly Permission ReadEntities = new("catalog.entity.read", "See the entities of the catalog.");
}
