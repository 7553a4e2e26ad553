using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Definition;

/// <summary>An API's definition as a plain text, for those that are too long for a page, and for programs.</summary>
internal static class DefinitionText
{
    public static string AddressOf(EntityRef entity) =>
        $"/api/catalog/definitions/{Uri.EscapeDataString(entity.Namespace.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Kind.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Name.ToLowerInvariant())}";

    public static void MapDefinitionText(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/definitions/{namespace}/{kind}/{name}", Handle)
            .WithName("GetApiDefinition").WithSummary("The definition of an API as plain text.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Produces(StatusCodes.Status404NotFound).Requires(CatalogPermissions.Read);

    private static async Task<IResult> Handle(string @namespace, string kind, string name, Caller caller, ICatalog catalog, HttpContext context, CancellationToken cancellationToken)
    {
        if (await catalog.Find(new EntityRef(kind, @namespace, name), caller, cancellationToken) is not { } entity || ApiDefinition.Of(entity) is not { } definition)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(definition.Text, "text/plain; charset=utf-8");
    }
}
