using System.Text;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>One entity, by its name or by its uid.</summary>
internal static class OneEntity
{
    public static async Task ByName(HttpContext context, string kind, string @namespace, string name, Caller caller, InMemoryCatalog catalog)
    {
        Parameters.RefuseAll(context);
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (visible.Find(kind, @namespace, name) is { } entity)
        {
            if (!Freshness.IsKnown(context, visible, entity))
            {
                await EntityWriting.WriteOne(context, entity);
            }

            return;
        }

        await BackstageErrors.Write(context, ApiFault.NotFound($"No entity named '{name}' found, with kind '{kind}' in namespace '{@namespace}'"));
    }

    public static async Task ByUid(HttpContext context, string uid, Caller caller, InMemoryCatalog catalog)
    {
        Parameters.RefuseAll(context);
        var visible = await catalog.Open(caller, context.RequestAborted);
        if (visible.FindByUid(Encoding.UTF8.GetBytes(uid.ToLowerInvariant())) is { } entity)
        {
            if (!Freshness.IsKnown(context, visible, entity))
            {
                await EntityWriting.WriteOne(context, entity);
            }

            return;
        }

        await BackstageErrors.Write(context, ApiFault.NotFound($"No entity with uid {uid}"));
    }
}
