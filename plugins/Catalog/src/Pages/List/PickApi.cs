using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Index;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List;

/// <summary><c>GET /api/catalog/pick?kind=group&amp;q=lant</c>: what a field offers as one types the name of an entity.</summary>
internal static class PickApi
{
    private const int Most = 20;
    private const int MostRanked = 200;
    private const int LongestText = 200;
    private const int MostKinds = 10;

    public static void MapPick(this IEndpointRouteBuilder routes) => routes.MapGet("/pick", Handle)
        .WithName("PickEntities")
        .WithTags("catalog")
        .WithSummary($"At most {Most} entities of some kinds whose name or title contains a text, those that begin with it first.")
        .Requires(CatalogPermissions.Read);

    private static async Task<Ok<PickAnswer>> Handle(string[]? kind, string? q, InMemoryCatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var text = q?.Trim() ?? "";
        text = text.Length > LongestText ? text[..LongestText] : text;
        var kinds = (kind ?? []).Where(one => one.Length > 0).Take(MostKinds).ToArray();
        EntityFilter ofKinds = kinds.Length == 0 ? EntityFilter.Everything : new EntityFilter.Has("kind", kinds);
        var visible = await catalog.Open(caller, cancellationToken);

        // A reference that was pasted is the one that is meant.
        if (EntityRef.TryParse(text, provider: null, out var reference) && visible.Find(reference.Kind, reference.Namespace, reference.Name) is { } exact)
        {
            return Answer([exact], catalog.Model);
        }

        var beginning = visible.Matching(new EntityFilter.AllOf(ofKinds, new EntityFilter.StartsWith("metadata.name", text)));
        List<Found> found = [.. visible.Take(beginning, "metadata.name", descending: false, 0, Most)];
        if (found.Count < Most && text.Length > 0)
        {
            var containing = visible.Matching(ofKinds, text, Asking.ListScope.TextFields);
            found.AddRange(visible.Take(containing, "metadata.name", descending: false, 0, MostRanked)
                .Where(one => !found.Contains(one)).OrderBy(one => HasWord(one, text) ? 0 : 1).Take(Most - found.Count));
        }

        return Answer(found, catalog.Model);
    }

    // Whoever types "lan" means the lantern rather than the plans.
    private static bool HasWord(Found found, string text)
    {
        var name = Encoding.UTF8.GetString(found.Segment.RefOf(found.Document));
        for (var at = name.IndexOf(text, StringComparison.OrdinalIgnoreCase); at > 0; at = name.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!char.IsLetterOrDigit(name[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static Ok<PickAnswer> Answer(IEnumerable<Found> found, CatalogModel model) => TypedResults.Ok(new PickAnswer(
    [
        .. found.Select(one => new Entity(one.Json())).Select(entity => new PickedEntity(
            entity.Ref.ToString(), entity.Title, entity.Title == entity.Name ? null : Shown.Name(entity.Ref), entity.Kind, entity.Type, model.IconOf(entity.Kind, entity.Type))),
    ]));
}

internal sealed record PickAnswer(IReadOnlyList<PickedEntity> Items);

/// <param name="Name">With its namespace where that is not the usual one; nothing if it is the title.</param>
internal sealed record PickedEntity(string Ref, string Title, string? Name, string Kind, string? Type, string Icon);
