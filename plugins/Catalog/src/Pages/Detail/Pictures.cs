using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

internal static class Pictures
{
    /// <summary>The picture of a person or group, if the directory holds it for one that a page may show.</summary>
    public static string? PictureOf(this IDirectory directory, EntityRef entity) => directory.FindPerson(entity)?.Picture ?? directory.FindGroup(entity)?.Picture;
}
