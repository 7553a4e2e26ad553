namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Which part of a set, in which order.</summary>
/// <param name="OrderBy">A path in lower case; nothing for the order of references. Only entities that have it are taken.</param>
internal sealed record PageQuery(string? OrderBy, bool Descending, int Offset, int Limit)
{
    /// <summary>Where to go on from; not itself part of the answer.</summary>
    public Position? From { get; init; }

    /// <summary>The part before that place instead of the one after it.</summary>
    public bool Backwards { get; init; }
}

/// <summary>The place of an entity in an order: its value in lower case, if it is ordered by one, and its reference.</summary>
internal sealed record Position(byte[]? Value, byte[] Ref);
