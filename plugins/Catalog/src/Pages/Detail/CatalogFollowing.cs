using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>The index follows the store within milliseconds; the page that comes after a deed should show what was done.</summary>
internal static class CatalogFollowing
{
    private const int MostLooks = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task UntilGone(this ICatalog catalog, EntityRef entity, CancellationToken cancellationToken) => catalog.Until(entity, isThere: false, cancellationToken);

    public static Task UntilThere(this ICatalog catalog, EntityRef entity, CancellationToken cancellationToken) => catalog.Until(entity, isThere: true, cancellationToken);

    private static async Task Until(this ICatalog catalog, EntityRef entity, bool isThere, CancellationToken cancellationToken)
    {
        for (var looks = 0; looks < MostLooks && await catalog.Find(entity, Caller.Portal, cancellationToken) is not null != isThere; looks++)
        {
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
