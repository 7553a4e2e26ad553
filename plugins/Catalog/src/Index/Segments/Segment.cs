using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Index.Relations;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>
/// A part of the index that never changes: entities in the order of their references, their JSON, and a column for each
/// path that occurs in them. Which of them still count is told by the snapshot.
/// </summary>
internal sealed class Segment
{
    private readonly int[] _slots;
    private readonly DocumentSlot[] _documents;
    private readonly byte[] _refs;
    private readonly int[] _refStarts;
    private readonly byte[] _hashes;
    private readonly int[] _relationStarts;
    private readonly DeclaredRelation[] _relations;
    private readonly Arena _json;
    private readonly Dictionary<string, Column> _columns;

    public Segment(SegmentShape shape)
    {
        _documents = shape.Documents;
        _refs = shape.Refs;
        _refStarts = shape.RefStarts;
        _hashes = shape.Hashes;
        _relationStarts = shape.RelationStarts;
        _relations = shape.Relations;
        _json = shape.Json;
        _columns = shape.Columns;
        _slots = new int[Math.Max(4, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Count * 2))];
        for (var document = 0; document < Count; document++)
        {
            var slot = Utf8Table.Hash(RefOf(document)) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = document + 1;
        }

        Answers = new SegmentAnswers(this);
    }

    public int Count => _documents.Length;

    public long JsonSize => _json.Size;

    public IReadOnlyDictionary<string, Column> Columns => _columns;

    /// <summary>What has been computed about it before.</summary>
    public SegmentAnswers Answers { get; }

    /// <summary>The document of a reference, or -1.</summary>
    public int Find(ReadOnlySpan<byte> canonical, int hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var document = _slots[slot] - 1;
            if (RefOf(document).SequenceEqual(canonical))
            {
                return document;
            }
        }

        return -1;
    }

    /// <summary>The first document whose reference is not before this one.</summary>
    public int FirstFrom(ReadOnlySpan<byte> canonical)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (RefOf(middle).SequenceCompareTo(canonical) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>In lower case: <c>component:default/shop</c>.</summary>
    public ReadOnlySpan<byte> RefOf(int document) => _refs.AsSpan(_refStarts[document].._refStarts[document + 1]);

    public int RefNumberOf(int document) => _documents[document].Ref;

    public Guid UidOf(int document) => _documents[document].Uid;

    /// <summary>The entity up to its relations.</summary>
    public ReadOnlySpan<byte> HeadOf(int document) => _json[_documents[document].Head];

    /// <summary>The entity from its relations to its end.</summary>
    public ReadOnlySpan<byte> TailOf(int document) => _json[_documents[document].Tail];

    public int LengthOf(int document) => _documents[document].Head.Length + _documents[document].Tail.Length;

    /// <summary>Where in the head the etag stands, or -1 if it is the entity's own.</summary>
    public int EtagOf(int document) => _documents[document].Etag;

    public ReadOnlySpan<byte> StatusOf(int document)
    {
        var status = _documents[document].Status;
        return status == 0 ? default : TailOf(document)[^(status + 2)..^2];
    }

    public ReadOnlySpan<byte> HashOf(int document) => _hashes.AsSpan(document * StableHash.Size, StableHash.Size);

    public ReadOnlySpan<DeclaredRelation> RelationsOf(int document) =>
        _relations.AsSpan(_relationStarts[document].._relationStarts[document + 1]);
}

/// <summary>Where the parts of one entity lie.</summary>
internal record struct DocumentSlot(int Ref, Guid Uid, Slice Head, Slice Tail, int Etag, int Status);

/// <summary>The parts of a segment, put together by its builder.</summary>
internal sealed record SegmentShape(
    DocumentSlot[] Documents, byte[] Refs, int[] RefStarts, byte[] Hashes, int[] RelationStarts, DeclaredRelation[] Relations, Arena Json, Dictionary<string, Column> Columns);
