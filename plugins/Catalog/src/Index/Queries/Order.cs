using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// The documents of a segment that have a value at a path, in its order, and by reference where it is the same. One with
/// several values stands where the first of them in this order stands.
/// </summary>
internal sealed class Order
{
    private const int Absent = -1;

    private readonly Column? _column;
    private readonly int[] _documents;
    private readonly int[] _ranks;

    private Order(Column? column, int[] documents, int[] ranks) => (_column, _documents, _ranks) = (column, documents, ranks);

    /// <summary>Not to be written into.</summary>
    public int[] Documents => _documents;

    public static Order Of(Segment segment, Column? column, bool descending)
    {
        var ranks = new int[segment.Count];
        ranks.AsSpan().Fill(Absent);
        if (column is null)
        {
            return new Order(null, [], ranks);
        }

        // A rank is the first of the values that are the same in lower case.
        var first = 0;
        for (var value = 0; value < column.Count; value++)
        {
            if (!column.HasVariants || !column.Lower(value).SequenceEqual(column.Lower(first)))
            {
                first = value;
            }

            foreach (var document in column.DocumentsOf(value))
            {
                if (descending || ranks[document] == Absent)
                {
                    ranks[document] = first;
                }
            }
        }

        var starts = new int[column.Count + 1];
        foreach (var rank in ranks)
        {
            if (rank != Absent)
            {
                starts[(descending ? column.Count - 1 - rank : rank) + 1]++;
            }
        }

        for (var i = 0; i < column.Count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var documents = new int[starts[column.Count]];
        for (var document = 0; document < ranks.Length; document++)
        {
            if (ranks[document] is not Absent and var rank)
            {
                documents[starts[descending ? column.Count - 1 - rank : rank]++] = document;
            }
        }

        return new Order(column, documents, ranks);
    }

    /// <summary>Grows with the value of a document, whichever way the order goes.</summary>
    public int RankOf(int document) => _ranks[document];

    public ReadOnlySpan<byte> ValueOf(int document) => _column!.Lower(_ranks[document]);
}
