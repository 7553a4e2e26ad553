using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary>What programs may change in the catalog: the routes that Backstage's clients know, and the list of what an unregistered location takes along.</summary>
internal static class WriteRoutes
{
    public static void MapWriting(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("catalog").AnswerErrorsAsBackstage();
        api.MapPost("/refresh", RefreshEntity.Handle).WithName("RefreshEntity").WithSummary("Has an entity's source read again.").Requires(CatalogPermissions.Refresh);
        api.MapDelete("/entities/by-uid/{uid}", DeleteEntity.Handle).WithName("DeleteEntityByUid").WithSummary("Deletes an entity. If it is still declared, it comes back with a new uid.").Requires(CatalogPermissions.Administer);
        api.MapPost("/validate-entity", ValidateEntity.Handle).WithName("ValidateEntity").WithSummary("Tells what is wrong with an entity.").Requires(CatalogPermissions.Validate);
        api.MapPost("/analyze-location", AnalyzeLocation.Handle).WithName("AnalyzeLocation").WithSummary("Tells which entities a repository declares, or proposes one.").Requires(CatalogPermissions.Register);

        api.MapPost("/locations", LocationRoutes.Create).WithName("CreateLocation").WithSummary("Registers a location, or with dryRun tells what it would bring.").Requires(CatalogPermissions.Register);
        api.MapGet("/locations", LocationRoutes.List).WithName("GetLocations").WithSummary("The registered locations.").Requires(CatalogPermissions.Read);
        api.MapPost("/locations/by-query", LocationRoutes.Query).WithName("QueryLocationsByPredicate").WithSummary("A page of the registered locations that match a predicate.").Requires(CatalogPermissions.Read);
        api.MapGet("/locations/{id}", LocationRoutes.Get).WithName("GetLocation").WithSummary("A registered location.").Requires(CatalogPermissions.Read);
        api.MapPut("/locations/{id}", LocationRoutes.Update).WithName("UpdateLocation").WithSummary("Lets a registered location name something else.").Requires(CatalogPermissions.Unregister);
        api.MapDelete("/locations/{id}", LocationRoutes.Delete).WithName("DeleteLocation").WithSummary("Unregisters a location, and with it the entities that only it declares.").Requires(CatalogPermissions.Register);
        api.MapGet("/locations/{id}/entities", LocationRoutes.Going).WithName("GetEntitiesOfLocation").WithSummary("The entities that go when a location is unregistered.").Requires(CatalogPermissions.Read);
        api.MapGet("/locations/by-entity/{kind}/{namespace}/{name}", LocationRoutes.ByEntity).WithName("GetLocationByEntity").WithSummary("The registered location that an entity came from.").Requires(CatalogPermissions.Read);
    }
}
