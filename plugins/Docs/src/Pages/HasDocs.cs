using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>Which entities have documentation: those that say where it lies.</summary>
internal static class HasDocs
{
    public static readonly IReadOnlyList<string> Annotations = ["backstage.io/techdocs-ref", "backstage.io/techdocs-entity", "backstage.io/adr-location"];

    /// <summary>As the index answers it.</summary>
    public static readonly EntityFilter Filter = new EntityFilter.AnyOf([.. Annotations.Select(key => new EntityFilter.Exists($"metadata.annotations.{key}"))]);

    public static bool Of(Entity entity) => Annotations.Any(key => !string.IsNullOrWhiteSpace(entity.Annotation(key)));
}
