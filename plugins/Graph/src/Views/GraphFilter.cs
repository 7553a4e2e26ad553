using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>The entities that keys of an address speak of. The same key several times means any of the values.</summary>
internal static class GraphFilter
{
    private const int MostSystems = 1000;

    public static async ValueTask<EntityFilter> Of(IEnumerable<(string Key, string Value)> keys, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var filters = new List<EntityFilter>();
        foreach (var key in keys.GroupBy(key => key.Key, key => key.Value))
        {
            var values = key.ToList();
            if (key.Key == "kind" && values.Contains("all", StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            filters.Add(key.Key switch
            {
                "kind" => new EntityFilter.Has("kind", values),
                "type" => new EntityFilter.Has("spec.type", values),
                "lifecycle" => new EntityFilter.Has("spec.lifecycle", values),
                "tag" => new EntityFilter.Has("metadata.tags", values),
                "namespace" => new EntityFilter.Has("metadata.namespace", values),
                "owner" => new EntityFilter.Has("relations.ownedBy", Refs(values, "group")),
                "system" => new EntityFilter.Has("relations.partOf", Refs(values, "system")),
                "domain" => await InDomain(Refs(values, "domain"), catalog, caller, cancellationToken),
                _ => EntityFilter.Nothing,
            });
        }

        return new EntityFilter.AllOf(filters);
    }

    /// <summary>A component is in the domain of its system.</summary>
    private static async ValueTask<EntityFilter> InDomain(string[] domains, ICatalog catalog, Caller caller, CancellationToken cancellationToken)
    {
        var inside = new EntityFilter.Has("relations.partOf", domains);
        var systems = await catalog.List(
            new EntityQuery { Filter = new EntityFilter.AllOf(EntityFilter.OfKind("system"), inside), Limit = MostSystems }, caller, cancellationToken);
        return new EntityFilter.Has("relations.partOf", [.. domains, .. systems.Items.Select(system => EntityFacts.Read(system.Json.Span).Ref.ToString())]);
    }

    private static string[] Refs(IEnumerable<string> texts, string kind) =>
        [.. texts.Select(text => EntityRef.TryParse(text, kind, EntityRef.DefaultNamespace, out var reference) ? reference.ToString() : text)];
}
