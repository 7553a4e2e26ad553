using Stagedoor.Catalog.Model.Kinds;

namespace Stagedoor.Catalog;

/// <summary>The section <c>catalog</c> of the configuration. Keys that Backstage has mean here what they mean there.</summary>
internal sealed class CatalogOptions
{
    /// <summary>Kinds of entity beside those of Backstage.</summary>
    public IReadOnlyList<KindOptions> Kinds { get; set; } = [];

    /// <summary>Fields of the company's own on kinds that exist already.</summary>
    public IReadOnlyList<FieldOptions> Fields { get; set; } = [];
}
