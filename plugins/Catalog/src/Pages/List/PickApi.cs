using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.List.Columns;
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
        .WithSummary($"At most {Most} entities of some kinds whose name or title contains a text, what it is called first, then what begins with it: of the kind named first, first.")
        .Requires(CatalogPermissions.Read);

    private static async Task<Ok<PickAnswer>> Handle(string[]? kind, string? q, InMemoryCatalog catalog, IDirectory directory, Caller caller, CancellationToken cancellationToken)
    {
        var text = q?.Trim() ?? "";
        text = text.Length > LongestText ? text[..LongestText] : text;
        var visible = await catalog.Open(caller, cancellationToken);

        // A reference that was pasted is the one that is meant.
        if (EntityRef.TryParse(text, provider: null, out var reference) && visible.Find(reference.Kind, reference.Namespace, reference.Name) is { } exact)
        {
            return Answer([exact], catalog.Model);
        }

        var kinds = (kind ?? []).Where(one => one.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostKinds).ToArray();
        List<EntityFilter> filters = kinds.Length == 0 ? [EntityFilter.Everything] : [.. kinds.Select(EntityFilter.OfKind)];
        var names = new RelatedNames(visible, directory);
        var found = filters.SelectMany((ofKind, order) => Candidates(visible, ofKind, text).Select(one => Rank(one, order, text, names)));
        return Answer(found.OrderBy(one => one.Order).Take(Most).Select(one => one.Found), catalog.Model);
    }

    private static IEnumerable<Found> Candidates(VisibleCatalog visible, EntityFilter ofKind, string text)
    {
        var beginning = visible.Matching(new EntityFilter.AllOf(ofKind, new EntityFilter.StartsWith("metadata.name", text)));
        var first = visible.Take(beginning, "metadata.name", descending: false, 0, Most);
        return text.Length == 0
            ? first
            : first.Union(visible.Take(visible.Matching(ofKind, text, Asking.ListScope.TextFields), "metadata.name", descending: false, 0, MostRanked));
    }

    // Whoever types "lan" means the Squad Lantern rather than Lana, where groups are asked for first, and either rather than the plans.
    private static Ranked Rank(Found found, int kind, string text, RelatedNames names)
    {
        var entity = EntityRef.Parse(Encoding.UTF8.GetString(found.Segment.RefOf(found.Document)));
        var title = names.Of(entity).Text;
        var fit = Math.Min(Fit(entity.Name, text), Fit(title, text));
        return new Ranked(found, (fit switch { 0 => 0, <= 2 => 1, _ => 2 }, kind, fit, entity.Name));
    }

    /// <summary>It is the text, begins with it, has a word that does, or has it somewhere.</summary>
    private static int Fit(string name, string text)
    {
        if (name.StartsWith(text, StringComparison.OrdinalIgnoreCase))
        {
            return name.Length == text.Length ? 0 : 1;
        }

        for (var at = name.IndexOf(text, StringComparison.OrdinalIgnoreCase); at > 0; at = name.IndexOf(text, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (!char.IsLetterOrDigit(name[at - 1]))
            {
                return 2;
            }
        }

        return 3;
    }

    private readonly record struct Ranked(Found Found, (int Group, int Kind, int Fit, string Name) Order);

    private static Ok<PickAnswer> Answer(IEnumerable<Found> found, CatalogModel model) => TypedResults.Ok(new PickAnswer(
    [
        .. found.Select(one => new Entity(one.Json())).Select(entity => new PickedEntity(
            entity.Ref.ToString(), entity.Title, entity.Title == entity.Name ? null : Shown.Name(entity.Ref), entity.Kind, entity.Type, model.IconOf(entity.Kind, entity.Type))),
    ]));
}

internal sealed record PickAnswer(IReadOnlyList<PickedEntity> Items);

/// <param name="Name">With its namespace where that is not the usual one; nothing if it is the title.</param>
internal sealed record PickedEntity(string Ref, string Title, string? Name, string Kind, string? Type, string Icon);
