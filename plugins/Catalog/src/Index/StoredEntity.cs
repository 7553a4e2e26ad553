using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>An entity as the store holds it, for the index to assemble and serve.</summary>
/// <param name="Body">As in <see cref="ProcessedEntity"/>.</param>
/// <param name="Status">UTF-8 JSON: the list of status items; empty if all is well.</param>
internal sealed record StoredEntity(
    EntityRef Ref, Guid Uid, ReadOnlyMemory<byte> Body, IReadOnlyList<DerivedRelation> Relations, ReadOnlyMemory<byte> Status);
