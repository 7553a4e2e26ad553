using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>The parts of an entity's page that need a look into its repository, each fetched once when nobody has looked yet.</summary>
internal static class SourceParts
{
    /// <summary>As long as somebody looks at an empty card.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static string AddressOf(EntityRef entity, string part) =>
        $"/api/catalog/page/source/{part}/{Uri.EscapeDataString(entity.Namespace.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Kind.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Name.ToLowerInvariant())}";

    /// <summary>The page with its parts waited for, for those without scripts.</summary>
    public static string WaitingPage(EntityRef entity) => $"{EntityPages.Of(entity)}?load=source";

    public static bool IsWaiting(HttpRequest request) => request.Query["load"] == "source";

    public static void MapSourceParts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/page/source/{part}/{namespace}/{kind}/{name}", Handle).ExcludeFromDescription().Requires(CatalogPermissions.Read);

    private static async Task<Results<RazorComponentResult<SourcePart>, NotFound>> Handle(
        string part, string @namespace, string kind, string name, Caller caller, ICatalog catalog, KnownSources sources, CancellationToken cancellationToken)
    {
        if (part is not ("readme" or "languages" or "contributors") || await catalog.Find(new EntityRef(kind, @namespace, name), caller, cancellationToken) is not { } entity)
        {
            return TypedResults.NotFound();
        }

        await sources.Load(entity, Patience, cancellationToken);
        return new RazorComponentResult<SourcePart>(new { Entity = entity, Part = part });
    }
}
