using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>
/// A declared entity that has passed: what a declaration contributes to the catalog, without what only the catalog knows
/// (uid, relations of others, status).
/// </summary>
/// <param name="Body">UTF-8 JSON without white space: apiVersion, kind, metadata (namespace filled, annotations added), spec, in the order of the file.</param>
/// <param name="Relations">Sorted by type and target, each once.</param>
internal sealed record ProcessedEntity(EntityRef Ref, ReadOnlyMemory<byte> Body, IReadOnlyList<DerivedRelation> Relations);

/// <summary>A relation from the entity itself to another, and its inverse: <c>ownedBy</c>, <c>ownerOf</c>.</summary>
internal readonly record struct DerivedRelation(string Type, string Inverse, EntityRef Target);
