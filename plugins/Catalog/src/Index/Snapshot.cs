using System.Collections.Immutable;
using System.Text;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>The catalog at one moment. It never changes; who has one may take their time.</summary>
internal sealed class Snapshot
{
    public Snapshot(
        ImmutableArray<SegmentView> segments, long sequence, Utf8Table refs, RelationTypes types, ImmutableDictionary<int, DeclaredRelation[]> missing)
    {
        Segments = segments;
        Sequence = sequence;
        Refs = refs;
        Types = types;
        Missing = missing;
        Answers = new SnapshotAnswers(this);
        foreach (var view in segments)
        {
            Count += view.LiveCount;
        }
    }

    public ImmutableArray<SegmentView> Segments { get; }

    /// <summary>The line of the change log up to which it is the catalog.</summary>
    public long Sequence { get; }

    /// <summary>Different for any two snapshots of this process that differ in what they answer, and for those of any two processes.</summary>
    public long Revision { get; init; }

    public int Count { get; }

    public Utf8Table Refs { get; }

    public RelationTypes Types { get; }

    /// <summary>What relations say of entities that do not exist, by the number of their reference.</summary>
    public ImmutableDictionary<int, DeclaredRelation[]> Missing { get; }

    public Found? Find(EntityRef reference) => Find(reference.Kind, reference.Namespace, reference.Name);

    public Found? Find(string kind, string space, string name)
    {
        var canonical = new CanonicalRef(stackalloc byte[256], kind, space, name);
        return Find(canonical.Text);
    }

    /// <param name="canonical">In lower case.</param>
    public Found? Find(ReadOnlySpan<byte> canonical)
    {
        var hash = Utf8Table.Hash(canonical);
        foreach (var view in Segments)
        {
            var document = view.Segment.Find(canonical, hash);
            if (document >= 0 && view.IsLive(document))
            {
                return new Found(view.Segment, document);
            }
        }

        return null;
    }

    /// <summary>Filters, pages, facets.</summary>
    public SnapshotAnswers Answers { get; }

    public EntityRef RefOf(int number)
    {
        // Whatever a plugin may have related to: it need not be a reference that one could write.
        var text = Encoding.UTF8.GetString(Refs[number]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', colon);
        return new EntityRef(text[..colon], text[(colon + 1)..slash], text[(slash + 1)..]);
    }
}
