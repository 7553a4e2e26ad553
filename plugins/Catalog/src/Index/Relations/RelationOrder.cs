using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Relations;

/// <summary>By type and target, as entities list their relations.</summary>
internal sealed class RelationOrder(Utf8Table refs, RelationTypes types) : IComparer<DeclaredRelation>
{
    public int Compare(DeclaredRelation x, DeclaredRelation y)
    {
        var (a, b) = (x.Relation, y.Relation);
        if (a.Type != b.Type)
        {
            return types[a.Type].Utf8.AsSpan().SequenceCompareTo(types[b.Type].Utf8);
        }

        if (a.Other != b.Other)
        {
            return refs[a.Other].SequenceCompareTo(refs[b.Other]);
        }

        return a.Inverse == b.Inverse ? 0 : types[a.Inverse].Utf8.AsSpan().SequenceCompareTo(types[b.Inverse].Utf8);
    }
}
