using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>The entities that keys of an address speak of. The same key several times means any of the values.</summary>
internal static class GraphFilter
{
    public static EntityFilter Of(IEnumerable<(string Key, string Value)> keys)
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
                "domain" => new EntityFilter.Within([.. Refs(values, "domain")
                    .Select(text => EntityRef.TryParse(text, provider: null, out var domain) ? domain : default).Where(domain => domain.Kind is not null)]),
                _ => EntityFilter.Nothing,
            });
        }

        return new EntityFilter.AllOf(filters);
    }

    private static string[] Refs(IEnumerable<string> texts, string kind) =>
        [.. texts.Select(text => EntityRef.TryParse(text, kind, EntityRef.DefaultNamespace, out var reference) ? reference.ToString() : text)];
}
