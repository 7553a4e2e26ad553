using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Changes;

/// <summary>Turns references and derived relations into numbers.</summary>
internal sealed class RefNumbers(Utf8Table refs, RelationTypes types)
{
    public int Of(EntityRef reference)
    {
        var canonical = new CanonicalRef(stackalloc byte[256], reference);
        return refs.Add(canonical.Text);
    }

    public Relation Of(DerivedRelation relation) => new(Of(relation.Target), types.Add(relation.Type), types.Add(relation.Inverse));
}
