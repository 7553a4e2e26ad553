using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Changes;

/// <summary>All relations of the catalog by the entity they stand at, in both directions.</summary>
internal sealed class Incidences
{
    private readonly int[] _starts;
    private readonly DeclaredRelation[] _relations;
    private readonly RelationOrder _order;

    public Incidences(List<(int Source, Relation Relation)> relations, Utf8Table refs, RelationTypes types)
    {
        _order = new RelationOrder(refs, types);
        _starts = new int[refs.Count + 1];
        var all = CollectionsMarshal.AsSpan(relations);
        foreach (var (source, relation) in all)
        {
            _starts[source + 1]++;
            _starts[relation.Other + 1]++;
        }

        for (var i = 0; i < refs.Count; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        _relations = new DeclaredRelation[all.Length * 2];
        var next = _starts.AsSpan(0, refs.Count).ToArray();
        foreach (var (source, relation) in all)
        {
            _relations[next[source]++] = new DeclaredRelation(relation, Declared.Here);
            _relations[next[relation.Other]++] = new DeclaredRelation(relation.From(source), Declared.There);
        }
    }

    /// <summary>In order, each once. To be asked for once for each.</summary>
    public ReadOnlySpan<DeclaredRelation> Of(int reference)
    {
        var own = _relations.AsSpan(_starts[reference].._starts[reference + 1]);
        own.Sort(_order);
        return own[..Distinct(own)];
    }

    public ImmutableDictionary<int, DeclaredRelation[]> Missing(HashSet<int> exists)
    {
        var missing = ImmutableDictionary.CreateBuilder<int, DeclaredRelation[]>();
        for (var reference = 0; reference < _starts.Length - 1; reference++)
        {
            if (!exists.Contains(reference) && _starts[reference] < _starts[reference + 1])
            {
                missing[reference] = Of(reference).ToArray();
            }
        }

        return missing.ToImmutable();
    }

    /// <summary>One that both ends declare is one.</summary>
    private static int Distinct(Span<DeclaredRelation> sorted)
    {
        var count = 0;
        foreach (var relation in sorted)
        {
            if (count > 0 && sorted[count - 1].Relation == relation.Relation)
            {
                sorted[count - 1] = new DeclaredRelation(relation.Relation, sorted[count - 1].By | relation.By);
            }
            else
            {
                sorted[count++] = relation;
            }
        }

        return count;
    }
}
