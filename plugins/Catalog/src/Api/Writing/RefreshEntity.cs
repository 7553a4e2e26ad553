using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary><c>POST /refresh</c>: answers at once, and what is new is there in a moment.</summary>
internal static class RefreshEntity
{
    public static async Task<IResult> Handle(HttpContext context, ICatalog catalog, Steering steering, Caller caller)
    {
        Parameters.RefuseAll(context);
        var body = await JsonBody.Read(context);
        body.Only("entityRef", "authorizationToken");
        var text = body.Text("entityRef");
        if (!EntityRef.TryParse(text, provider: null, out var entity))
        {
            throw ApiFault.Input($"'{text}' is not an entity reference. Write kind:namespace/name.");
        }

        if (await catalog.Find(entity, caller, context.RequestAborted) is null || !await steering.RefreshEntity(entity, caller, context.RequestAborted))
        {
            throw ApiFault.NotFound($"No entity with ref {entity} is in the catalog");
        }

        return Results.Ok();
    }
}
