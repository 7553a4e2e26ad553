using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Finds the documents with a value that contains a text.</summary>
internal static class TextSearch
{
    public static void Set(ulong[] into, Column column, ReadOnlySpan<byte> lower, Trigrams? trigrams)
    {
        if (trigrams is not null && lower.Length >= 3)
        {
            foreach (var value in trigrams.Candidates(lower))
            {
                if (column.Lower(value).IndexOf(lower) >= 0)
                {
                    Bits.Set(into, column.DocumentsOf(value));
                }
            }

            return;
        }

        LookThrough(into, column, lower);
    }

    /// <summary>Searches all values as one text, and drops what goes from one into the next.</summary>
    private static void LookThrough(ulong[] into, Column column, ReadOnlySpan<byte> lower)
    {
        var all = column.AllLower;
        var starts = column.LowerStarts;
        var (at, value) = (0, 0);
        while (at < all.Length)
        {
            var found = all[at..].IndexOf(lower);
            if (found < 0)
            {
                return;
            }

            at += found;
            while (starts[value + 1] <= at)
            {
                value++;
            }

            if (at + lower.Length <= starts[value + 1])
            {
                Bits.Set(into, column.DocumentsOf(value));
                at = starts[value + 1];
            }
            else
            {
                at++;
            }
        }
    }
}
