namespace Stagedoor.Catalog.Index.Queries;

/// <summary>The entities of a snapshot that are in a set, by segment.</summary>
/// <param name="Words">A bit for each document of each segment; not to be written into.</param>
internal sealed record Matches(ulong[][] Words, int[] Counts)
{
    public int Total { get; } = Counts.Sum();

    /// <summary>Those of them that have a value at a path.</summary>
    public KeptAnswers<Matches> WithValue { get; } = new(4);
}
