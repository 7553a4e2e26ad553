using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>A file that was read and went through the model, ready to be declared.</summary>
/// <param name="Children">The places its Location entities name, with the entity that does.</param>
internal sealed record FileOutcome(FileRow File, IReadOnlyList<DocumentReading> Documents, IReadOnlyList<ChildPlace> Children)
{
    public int Weight => Documents.Count + 1;
}

/// <param name="ListedBy">The Location entity that names it.</param>
internal sealed record ChildPlace(Reading.Place Place, string ListedBy);
