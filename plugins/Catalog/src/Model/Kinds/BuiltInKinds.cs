using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model.Kinds;

/// <summary>The kinds of Backstage. Their schemas lie beside this file, one for each kind, and one for each <c>spec.type</c> that has rules of its own.</summary>
internal static class BuiltInKinds
{
    private static readonly string[] Both = ["backstage.io/v1alpha1", "backstage.io/v1beta1"];

    private static readonly FieldRelation Owner = new("spec.owner", "ownedBy", "ownerOf", "Group");
    private static readonly FieldRelation InSystem = new("spec.system", "partOf", "hasPart", "System");
    private static readonly FieldRelation DependsOn = new("spec.dependsOn", "dependsOn", "dependencyOf");
    private static readonly FieldRelation DependencyOf = new("spec.dependencyOf", "dependencyOf", "dependsOn");

    /// <summary>Lists whose order means nothing: they are stored sorted, whatever the kind.</summary>
    public static readonly IReadOnlySet<string> SortedFields =
        new HashSet<string>(["providesApis", "consumesApis", "dependsOn", "dependencyOf", "memberOf", "children", "members"], StringComparer.Ordinal);

    public static IReadOnlyList<EntityKind> All { get; } =
    [
        Kind("Component", "Components", "box", "Something that is built and run: a service, a website, a library.",
            Owner,
            new FieldRelation("spec.subcomponentOf", "partOf", "hasPart", "Component"),
            new FieldRelation("spec.providesApis", "providesApi", "apiProvidedBy", "API"),
            new FieldRelation("spec.consumesApis", "consumesApi", "apiConsumedBy", "API"),
            DependsOn,
            DependencyOf,
            InSystem),
        Kind("API", "APIs", "code", "An interface that components provide and consume.", Owner, InSystem),
        Kind("Resource", "Resources", "database", "What a component needs to run: a database, a queue, a bucket.", Owner, DependsOn, DependencyOf, InSystem),
        Kind("System", "Systems", "layers", "Components, APIs and resources that do something together.", Owner, new FieldRelation("spec.domain", "partOf", "hasPart", "Domain")),
        Kind("Domain", "Domains", "globe", "Systems that belong together for the business.", Owner, new FieldRelation("spec.subdomainOf", "partOf", "hasPart", "Domain")),
        Kind("Group", "Groups", "people", "A team, a department, the company.",
            new FieldRelation("spec.parent", "childOf", "parentOf", "Group"),
            new FieldRelation("spec.children", "parentOf", "childOf", "Group"),
            new FieldRelation("spec.members", "hasMember", "memberOf", "User")),
        Kind("User", "Users", "person", "A person.", new FieldRelation("spec.memberOf", "memberOf", "hasMember", "Group")),
        Kind("Location", "Locations", "folder", "Where to read further entities from."),
        Kind("Template", "Templates", "rocket", "How to make something new.", Owner) with { ApiVersions = ["scaffolder.backstage.io/v1beta3"] },
        Kind("AiResource", "AI resources", "puzzle", "What coding assistants are given: skills, rules, plugins, marketplaces.", Owner, InSystem) with { ApiVersions = ["backstage.io/v1alpha1"] },
    ];

    /// <summary>The kinds and types that have more to them than their kind.</summary>
    public static IReadOnlyList<(string Kind, string Type, FieldRelation[] More)> Types { get; } =
    [
        ("API", "mcp-server", []),
        ("AiResource", "skill", [new FieldRelation("spec.dependsOn", "dependsOn", "dependencyOf", "AiResource")]),
        ("AiResource", "rule", []),
        ("AiResource", "plugin", [new FieldRelation("spec.skills", "hasPart", "partOf", "AiResource")]),
        ("AiResource", "marketplace", [new FieldRelation("spec.plugins", "hasPart", "partOf", "AiResource")]),
    ];

    public static string Schema(string name)
    {
        var type = typeof(BuiltInKinds);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.Schemas.{name}.json")
            ?? throw new InvalidOperationException($"The schema of {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static EntityKind Kind(string name, string plural, string icon, string description, params FieldRelation[] relations) => new(name)
    {
        ApiVersions = Both,
        Plural = plural,
        Icon = icon,
        Description = description,
        Schema = Schema(name),
        Relations = relations,
    };
}
