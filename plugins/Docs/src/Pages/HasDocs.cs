using Stagedoor.Docs.Places;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>Which entities have documentation, as the catalog's index answers it.</summary>
internal static class HasDocs
{
    public static readonly EntityFilter Filter = new EntityFilter.AnyOf(
        [.. new[] { Annotations.Reference, Annotations.OfEntity, Annotations.Decisions }.Select(key => new EntityFilter.Exists($"metadata.annotations.{key}"))]);
}
