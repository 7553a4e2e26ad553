using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Api.Reading;

/// <summary>An entity and all that led to it. What led to something one may not see is left out with it.</summary>
internal static class EntityAncestry
{
    public static async Task Handle(HttpContext context, string kind, string @namespace, string name, Caller caller, InMemoryCatalog catalog, IAncestry ancestry)
    {
        Parameters.RefuseAll(context);
        var visible = await catalog.Open(caller, context.RequestAborted);
        var root = new EntityRef(kind, @namespace, name);
        if (visible.Snapshot.Find(root) is null)
        {
            throw ApiFault.NotFound($"No such entity {root}");
        }

        if (visible.Find(kind, @namespace, name) is null)
        {
            throw ApiFault.NotAllowed($"You may not see {root}");
        }

        var items = await Collect(visible.Snapshot, ancestry, root, context.RequestAborted);
        var hidden = Hidden(visible, items);
        var text = new ArrayBufferWriter<byte>(8192);
        text.Write("{\"rootEntityRef\":"u8);
        Write(text, root);
        text.Write(",\"items\":["u8);
        var isFirst = true;
        foreach (var (reference, entity, parents) in items.Where(item => !hidden.Contains(item.Ref)))
        {
            text.Write(isFirst ? "{\"entity\":"u8 : ",{\"entity\":"u8);
            text.Write(entity.Head);
            text.Write(entity.Tail);
            text.Write(",\"parentEntityRefs\":["u8);
            for (var i = 0; i < parents.Count; i++)
            {
                text.Write(i > 0 ? ","u8 : default);
                Write(text, parents[i]);
            }

            text.Write("]}"u8);
            isFirst = false;
        }

        text.Write("]}"u8);
        context.Response.ContentType = BackstageErrors.Json;
        context.Response.ContentLength = text.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(text.WrittenMemory, context.RequestAborted);
    }

    private static async Task<List<(EntityRef Ref, Found Entity, List<EntityRef> Parents)>> Collect(
        Snapshot snapshot, IAncestry ancestry, EntityRef root, CancellationToken cancellationToken)
    {
        var items = new List<(EntityRef, Found, List<EntityRef>)>();
        var seen = new HashSet<EntityRef> { root };
        var open = new Stack<EntityRef>([root]);
        while (open.TryPop(out var current))
        {
            if (snapshot.Find(current) is not { } entity)
            {
                continue;
            }

            var parents = (await ancestry.ParentsOf(current, cancellationToken)).Where(parent => snapshot.Find(parent) is not null).ToList();
            items.Add((current, entity, parents));
            foreach (var parent in parents.Where(seen.Add))
            {
                open.Push(parent);
            }
        }

        return items;
    }

    private static HashSet<EntityRef> Hidden(VisibleCatalog visible, List<(EntityRef Ref, Found Entity, List<EntityRef> Parents)> items)
    {
        var byRef = items.ToDictionary(item => item.Ref);
        var hidden = new HashSet<EntityRef>();
        var open = new Stack<EntityRef>(items.Select(item => item.Ref).Where(item => visible.Find(item.Kind, item.Namespace, item.Name) is null));
        while (open.TryPop(out var current))
        {
            if (hidden.Add(current) && byRef.TryGetValue(current, out var item))
            {
                item.Parents.ForEach(open.Push);
            }
        }

        return hidden;
    }

    private static void Write(IBufferWriter<byte> into, EntityRef reference) => into.Write(JsonSerializer.SerializeToUtf8Bytes(reference.ToString()));
}
