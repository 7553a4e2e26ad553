using System.Text;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Api.Reading;
using Stagedoor.Catalog.Engine.Sources;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Writing;

/// <summary><c>DELETE /entities/by-uid/{uid}</c>: the same answer whether there was such an entity or not.</summary>
internal static class DeleteEntity
{
    public static async Task<IResult> Handle(HttpContext context, string uid, InMemoryCatalog catalog, Steering steering, Caller caller)
    {
        Parameters.RefuseAll(context);
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (visible.FindByUid(Encoding.UTF8.GetBytes(uid.ToLowerInvariant())) is { } found)
        {
            await steering.DeleteEntity(new Entity(found.Json()).Ref, caller, context.RequestAborted);
        }

        return Results.NoContent();
    }
}
