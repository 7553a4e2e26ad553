using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Cards;

/// <summary>One box of the card: an entity, or how many there are of a sort.</summary>
/// <param name="Below">What it has to do with the entity of the page.</param>
internal sealed record Talk(string Title, string Below, string Href, bool Missing = false);

/// <summary>
/// What an entity has to do with others, one step away: a few boxes on each side. Many of a sort are one box with their
/// number, so that a hub costs no more than a leaf.
/// </summary>
internal sealed class Talks(ICatalog catalog)
{
    private const int Each = 3;
    private const int OnSide = 5;
    private const int Looked = 40;

    /// <summary>Relations as the entity tells them, in the order in which they matter: on which side, and in words for one and for many.</summary>
    private static readonly Sort[] Sorts =
    [
        new("dependencyOf", Left: true, "depends on it", "depend on it"),
        new("apiConsumedBy", Left: true, "consumes it", "consume it"),
        new("apiProvidedBy", Left: true, "provides it", "provide it"),
        new("ownedBy", Left: true, "owns it", "own it"),
        new("partOf", Left: true, null, "contain it"),
        new("childOf", Left: true, "parent", "parents"),
        new("memberOf", Left: true, "has it as a member", "have it as a member"),
        new("dependsOn", Left: false, null, "needed by it"),
        new("consumesApi", Left: false, "consumed", "consumed"),
        new("providesApi", Left: false, "provided", "provided"),
        new("hasPart", Left: false, null, "part of it"),
        new("parentOf", Left: false, "child group", "child groups"),
        new("hasMember", Left: false, "member", "members"),
        new("ownerOf", Left: false, "owned", "owned"),
    ];

    public async ValueTask<(IReadOnlyList<Talk> Left, IReadOnlyList<Talk> Right)> Of(Entity entity, Caller caller, CancellationToken cancellationToken)
    {
        var pairs = new RelationPairs(catalog.Model);
        var types = entity.Relations.Select(relation => relation.Type).Distinct(StringComparer.Ordinal).ToList();
        var sorts = Sorts.Where(sort => types.Contains(sort.Type)).Concat(types.Where(type => !Array.Exists(Sorts, sort => sort.Type == type))
            .Select(type => new Sort(type, Left: false, pairs.WordsOf(type), pairs.WordsOf(type)))).Take(30).ToList();
        var found = new List<Found>();
        foreach (var sort in sorts)
        {
            if (await Look(entity, sort, pairs, caller, cancellationToken) is { Count: > 0 } one)
            {
                found.Add(one);
            }
        }

        return (await Side(entity, [.. found.Where(one => one.Sort.Left)], caller, cancellationToken), await Side(entity, [.. found.Where(one => !one.Sort.Left)], caller, cancellationToken));
    }

    private async ValueTask<Found> Look(Entity entity, Sort sort, RelationPairs pairs, Caller caller, CancellationToken cancellationToken)
    {
        var graph = await catalog.Graph(new GraphQuery(entity.Ref) { Relations = [sort.Type], OneWay = true, MaxNodes = Looked + 1 }, caller, cancellationToken);
        var others = graph.Nodes.Where(node => node.Distance == 1).Select(node => (node.Ref, Facts: node.Entity is { } other ? EntityFacts.Read(other.Json.Span) : null)).ToList();
        if (!graph.Truncated)
        {
            return new Found(sort, others, others.Count, Filter: null);
        }

        var filter = new EntityFilter.Has($"relations.{pairs.InverseOf(sort.Type)}", entity.Ref.ToString());
        return new Found(sort, others, Math.Max(others.Count, await catalog.Count(filter, caller, cancellationToken)), filter);
    }

    private async ValueTask<IReadOnlyList<Talk>> Side(Entity entity, IReadOnlyList<Found> found, Caller caller, CancellationToken cancellationToken)
    {
        var each = found.Sum(one => Math.Min(one.Count, Each + 1)) <= OnSide ? Each + 1 : found.Sum(one => one.Count > Each ? 1 : one.Count) <= OnSide ? Each : 1;
        var talks = new List<Talk>();
        foreach (var one in found)
        {
            if (one.Count <= each)
            {
                talks.AddRange(one.Others.Select(other => Single(one.Sort, other.Ref, other.Facts)));
            }
            else
            {
                talks.Add(new Talk($"{one.Count:#,0} {await Noun(one, caller, cancellationToken)}", one.Sort.Many, AllOf(entity, one.Sort)));
            }
        }

        if (talks.Count > OnSide + 1)
        {
            var more = talks.Count - OnSide;
            talks = [.. talks.Take(OnSide), new Talk($"{more} more", "in the graph", GraphAddress.Around(entity.Ref))];
        }

        return talks;
    }

    private Talk Single(Sort sort, EntityRef reference, EntityFacts? facts)
    {
        var what = (sort.Type == "partOf" ? null : facts?.Type) ?? catalog.Model.Kind(reference.Kind)?.Name.ToLowerInvariant() ?? reference.Kind;
        var below = facts is null ? "missing" : sort.One is null ? what : sort.Left || sort.Type is "hasMember" or "parentOf" ? sort.One : $"{what}, {sort.One}";
        return new Talk(facts?.Title ?? EntityFacts.Cut(reference.Name, 120), below, EntityPages.Of(reference), facts is null);
    }

    /// <summary>"services" when they all are, "components" when they only share their kind.</summary>
    private async ValueTask<string> Noun(Found found, Caller caller, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> types;
        IReadOnlyList<string> kinds;
        if (found.Filter is { } filter)
        {
            types = [.. (await catalog.Facet("spec.type", filter, caller, cancellationToken)).Where(type => type.Count == found.Count).Select(type => type.Value)];
            kinds = [.. (await catalog.Facet("kind", filter, caller, cancellationToken)).Select(kind => kind.Value)];
        }
        else
        {
            types = [.. found.Others.Select(other => other.Facts?.Type ?? "").Distinct(StringComparer.OrdinalIgnoreCase)];
            kinds = [.. found.Others.Select(other => other.Facts?.Kind ?? other.Ref.Kind).Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        if (types is [{ Length: > 0 and < 24 } type] && kinds is ["Component" or "component"])
        {
            return Plural(type);
        }

        return kinds is [var kind] ? Lower(catalog.Model.Kind(kind) is { } known ? known.Plural ?? Plural(known.Name) : Plural(kind)) : "entities";
    }

    private static string AllOf(Entity entity, Sort sort) => sort.Type switch
    {
        "dependencyOf" or "apiConsumedBy" => GraphAddress.Impact(entity.Ref),
        "ownerOf" => EntityPages.Listing(("kind", "all"), ("owner", entity.Ref.ToString())),
        _ => $"{GraphAddress.Around(entity.Ref)}&relations={Uri.EscapeDataString(sort.Type)}",
    };

    private static string Plural(string word) =>
        word.EndsWith('y') && word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal) ? $"{word[..^1]}ies"
        : word.EndsWith('s') || word.EndsWith('x') || word.EndsWith("ch", StringComparison.Ordinal) ? $"{word}es" : $"{word}s";

    private static string Lower(string plural) => plural.StartsWith("API", StringComparison.Ordinal) || plural.StartsWith("AI ", StringComparison.Ordinal) ? plural : plural.ToLowerInvariant();

    /// <param name="One">Nothing, if its type says it better.</param>
    private sealed record Sort(string Type, bool Left, string? One, string Many);

    private sealed record Found(Sort Sort, IReadOnlyList<(EntityRef Ref, EntityFacts? Facts)> Others, long Count, EntityFilter? Filter);
}
