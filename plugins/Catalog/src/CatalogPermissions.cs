using Stagedoor.Plugins;

namespace Stagedoor.Catalog;

/// <summary>What one may do with the catalog. The names are Backstage's where it has them.</summary>
internal static class CatalogPermissions
{
    public const string ReadName = "catalog.entity.read";
    public const string RegisterName = "catalog.location.create";
    public const string AdministerName = "catalog.administer";

    public static readonly Permission Read = new(ReadName, "See entities, their history, and where they come from.");
    public static readonly Permission Refresh = new("catalog.entity.refresh", "Have an entity's source read again.");
    public static readonly Permission Validate = new("catalog.entity.validate", "Have an entity checked without adding it.");
    public static readonly Permission Register = new(RegisterName, "Register a location, and unregister one's own.");
    public static readonly Permission Unregister = new("catalog.location.delete", "Unregister any location, and change where it leads.");
    public static readonly Permission Administer = new(AdministerName, "Delete and restore entities, confirm deletions, pause and restore sources.");

    public static void AddTo(PluginBuilder plugin)
    {
        plugin.Permission(Read, grantedTo: Role.Everyone);
        plugin.Permission(Refresh, grantedTo: Role.Everyone);
        plugin.Permission(Validate, grantedTo: Role.Everyone);
        plugin.Permission(Register, grantedTo: Role.Everyone);
        plugin.Permission(Unregister, grantedTo: Role.Administrator);
        plugin.Permission(Administer, grantedTo: Role.Administrator);
    }
}
