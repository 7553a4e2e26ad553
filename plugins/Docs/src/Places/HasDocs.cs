using Stagedoor.Plugins;

namespace Stagedoor.Docs.Places;

/// <summary>Which entities have documentation.</summary>
internal static class HasDocs
{
    /// <summary>As the catalog's index answers it.</summary>
    public static readonly EntityFilter Filter = new EntityFilter.AnyOf(
        [.. new[] { Annotations.Reference, Annotations.OfEntity, Annotations.Decisions }.Select(key => new EntityFilter.Exists($"metadata.annotations.{key}"))]);

    public static bool Of(Entity entity) => OfItsOwn(entity) || entity.Annotation(Annotations.OfEntity) is not null;

    /// <summary>Whether it says where its own lies, rather than showing another's.</summary>
    public static bool OfItsOwn(Entity entity) => entity.Annotation(Annotations.Reference) is not null || entity.Annotation(Annotations.Decisions) is not null;
}
