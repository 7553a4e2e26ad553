using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index;

/// <summary>A segment and which of its entities count.</summary>
/// <param name="Live">Nothing, if all do.</param>
internal sealed record SegmentView(Segment Segment, ulong[]? Live, int LiveCount)
{
    public SegmentView(Segment segment)
        : this(segment, null, segment.Count)
    {
    }

    public bool IsLive(int document) => Live is null || Bits.Has(Live, document);

    public SegmentView Without(IEnumerable<int> documents)
    {
        var live = Live is null ? Bits.All(Segment.Count) : (ulong[])Live.Clone();
        var count = LiveCount;
        foreach (var document in documents)
        {
            if (Bits.Has(live, document))
            {
                Bits.Clear(live, document);
                count--;
            }
        }

        return new SegmentView(Segment, live, count);
    }
}

/// <summary>An entity of a snapshot.</summary>
internal readonly record struct Found(Segment Segment, int Document)
{
    public ReadOnlySpan<byte> Head => Segment.HeadOf(Document);

    public ReadOnlySpan<byte> Tail => Segment.TailOf(Document);

    public int Length => Segment.LengthOf(Document);

    public byte[] Json()
    {
        var json = new byte[Length];
        Head.CopyTo(json);
        Tail.CopyTo(json.AsSpan(Head.Length));
        return json;
    }
}
