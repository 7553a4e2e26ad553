using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Stagedoor.Host.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Marks;

/// <summary>
/// Receives the buttons that mark an entity. Their form stands on every page and carries no token; the guard of origins
/// protects it.
/// </summary>
internal static class MarkForm
{
    public const string Path = "/marks";

    public static async Task<IResult> Handle(
        [FromForm] string? star, [FromForm] string? unstar, [FromForm] string? subscribe, [FromForm] string? unsubscribe,
        Caller caller, IEntityMarks marks, HttpContext context, CancellationToken cancellationToken)
    {
        var (mark, on, text) = (star, unstar, subscribe, unsubscribe) switch
        {
            ({ } entity, _, _, _) => (EntityMark.Star, true, entity),
            (_, { } entity, _, _) => (EntityMark.Star, false, entity),
            (_, _, { } entity, _) => (EntityMark.Subscription, true, entity),
            (_, _, _, { } entity) => (EntityMark.Subscription, false, entity),
            _ => (EntityMark.Star, false, ""),
        };
        if (!EntityRef.TryParse(text, null, out var reference))
        {
            return TypedResults.Problem($"'{text}' names no entity. Send star, unstar, subscribe or unsubscribe with a reference such as component:default/web.", statusCode: StatusCodes.Status400BadRequest);
        }

        await marks.Set(caller.Ref, mark, reference, on, cancellationToken);
        return TypedResults.LocalRedirect(WhereFrom.Of(context.Request));
    }
}
