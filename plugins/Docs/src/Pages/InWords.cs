using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>Things as people read them.</summary>
internal static class InWords
{
    /// <summary>The name of an entity, with its namespace where that is not the usual one.</summary>
    public static string Name(EntityRef entity) =>
        string.Equals(entity.Namespace, EntityRef.DefaultNamespace, StringComparison.OrdinalIgnoreCase) ? entity.Name : $"{entity.Namespace}/{entity.Name}";

    /// <summary>"1 page", "1,204 pages".</summary>
    public static string Count(long count, string one, string many) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
