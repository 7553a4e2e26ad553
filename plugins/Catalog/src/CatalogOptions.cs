namespace Stagedoor.Catalog;

/// <summary>The section <c>catalog</c> of the configuration. Keys that Backstage has mean here what they mean there.</summary>
internal sealed class CatalogOptions
{
}
