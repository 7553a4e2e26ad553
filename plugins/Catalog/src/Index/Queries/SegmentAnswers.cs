using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>What has been computed about a segment before. A segment never changes, so it stays true.</summary>
internal sealed class SegmentAnswers(Segment segment)
{
    public Segment Segment { get; } = segment;
}
