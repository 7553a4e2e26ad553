using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>What programs may ask of the catalog: the routes that Backstage's clients know, and a few of our own.</summary>
internal static class ReadRoutes
{
    public static void MapReading(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").Requires(CatalogPermissions.Read).AnswerErrorsAsBackstage();
        api.MapGet("/entities", ListEntities.Handle).WithName("GetEntities").WithSummary("All entities that match, or a page of them with a link to the next.").AnswersJson();
        api.MapGet("/entities/by-query", QueryEntities.Get).WithName("GetEntitiesByQuery").WithSummary("A page of entities that match, with cursors to the pages around it.").AnswersJson();
        api.MapPost("/entities/by-query", QueryEntities.Post).WithName("QueryEntitiesByPredicate").WithSummary("A page of entities that match a predicate, with cursors to the pages around it.").AnswersJson();
        api.MapPost("/entities/by-refs", EntitiesByRefs.Handle).WithName("GetEntitiesByRefs").WithSummary("The entities of a list of references, null where there is none.").AnswersJson();
        api.MapGet("/entities/by-name/{kind}/{namespace}/{name}", OneEntity.ByName).WithName("GetEntityByName").WithSummary("The entity of a name.").AnswersJson();
        api.MapGet("/entities/by-name/{kind}/{namespace}/{name}/ancestry", EntityAncestry.Handle).WithName("GetEntityAncestryByName").WithSummary("An entity and the entities that led to it.").AnswersJson();
        api.MapGet("/entities/by-uid/{uid}", OneEntity.ByUid).WithName("GetEntityByUid").WithSummary("The entity of a uid.").AnswersJson();
        api.MapGet("/entity-facets", EntityFacets.Get).WithName("GetEntityFacets").WithSummary("The values at some paths and how many entities have each.").AnswersJson();
        api.MapPost("/entity-facets", EntityFacets.Post).WithName("QueryEntityFacetsByPredicate").WithSummary("The values at some paths and how many of the entities that match a predicate have each.").AnswersJson();
        api.MapGet("/graph", GraphRoute.Handle).WithName("GetEntityGraph").WithSummary("The entities around some entities and the relations between them, or the shortest ways from those to another.").AnswersJson();
    }

    private static void AnswersJson(this RouteHandlerBuilder route) =>
        route.Produces(StatusCodes.Status200OK, contentType: "application/json").Produces(StatusCodes.Status400BadRequest, contentType: "application/json");
}
