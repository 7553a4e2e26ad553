namespace Stagedoor.Load.Catalog;

/// <summary>A filter, and how many entities it has to let through.</summary>
internal sealed record Condition(string Filter, int Count);

/// <summary>The filters that the driver asks with: components alone, and with a type, a lifecycle, a tag or an owner.</summary>
internal sealed class Conditions
{
    private readonly Dictionary<string, Condition> _kinds;

    public Conditions(KnownCatalog catalog)
    {
        _kinds = catalog.Entities.GroupBy(entity => entity.Kind).ToDictionary(kind => kind.Key, kind => new Condition($"kind={kind.Key.ToLowerInvariant()}", kind.Count()));
        var components = catalog.Components;
        All =
        [
            .. Of(components, entity => [entity.Type], "spec.type"),
            .. Of(components, entity => [entity.Lifecycle], "spec.lifecycle"),
            .. Of(components, entity => entity.Tags.Distinct(StringComparer.OrdinalIgnoreCase), "metadata.tags"),
            .. Of(components, entity => [entity.Owner], "relations.ownedby"),
            .. Of(components, entity => entity.Tags.Distinct(StringComparer.OrdinalIgnoreCase).Select(tag => $"{entity.Lifecycle},metadata.tags={tag}"), "spec.lifecycle"),
        ];
    }

    public IReadOnlyList<Condition> All { get; }

    public Condition OfKind(string kind) => _kinds[kind];

    public Condition Any(Random random) => All[random.Next(All.Count)];

    private static IEnumerable<Condition> Of(IReadOnlyList<KnownEntity> components, Func<KnownEntity, IEnumerable<string?>> values, string path) => components
        .SelectMany(values)
        .OfType<string>()
        .GroupBy(value => value, StringComparer.OrdinalIgnoreCase)
        .Select(value => new Condition($"kind=component,{path}={Escaped(value.Key)}", value.Count()));

    // The equal sign and the comma between conditions stay as they are.
    private static string Escaped(string value) => Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal);
}
