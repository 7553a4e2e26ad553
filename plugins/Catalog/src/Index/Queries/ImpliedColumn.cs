using System.Text;
using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// The column at <c>metadata.tags.java</c>, which is true for whoever has the tag. There would be as many such columns
/// as there are texts in lists, so they are made when somebody asks.
/// </summary>
internal static class ImpliedColumn
{
    /// <param name="own">What stands at the path itself.</param>
    /// <returns>Nothing, if no list implies anything at this path.</returns>
    public static Column? At(Segment segment, string path, Column? own)
    {
        if (path.Length > ValueText.MostUnits)
        {
            return null;
        }

        ulong[]? words = null;
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            if (segment.Columns.TryGetValue(path[..dot], out var list) && list.HasItems)
            {
                words ??= Bits.None(segment.Count);
                list.SetItems(words, Encoding.UTF8.GetBytes(path[(dot + 1)..]));
            }
        }

        if (words is null)
        {
            return null;
        }

        if (own is not null)
        {
            var (from, to) = own.Find("true"u8);
            Bits.AndNot(words, Bits.Of(segment.Count, own.DocumentsOf(from, to)));
        }

        var count = Bits.Count(words);
        return count == 0 ? null : With(own, Bits.Members(words, count));
    }

    private static Column With(Column? own, int[] documents)
    {
        var entries = new List<(byte[] Lower, byte[] Original, int[] Documents)>();
        for (var value = 0; value < (own?.Count ?? 0); value++)
        {
            entries.Add((own!.Lower(value).ToArray(), own.Original(value).ToArray(), own.DocumentsOf(value).ToArray()));
        }

        var known = entries.FindIndex(entry => entry.Original.AsSpan().SequenceEqual("true"u8));
        if (known >= 0)
        {
            int[] both = [.. entries[known].Documents, .. documents];
            Array.Sort(both);
            entries[known] = entries[known] with { Documents = both };
        }
        else
        {
            entries.Add(("true"u8.ToArray(), "true"u8.ToArray(), documents));
            entries.Sort((a, b) => a.Lower.AsSpan().SequenceCompareTo(b.Lower) is not 0 and var order ? order : a.Original.AsSpan().SequenceCompareTo(b.Original));
        }

        var shape = new ColumnShape(entries.Count)
        {
            Lower = [.. entries.SelectMany(entry => entry.Lower)],
            Original = [.. entries.SelectMany(entry => entry.Original)],
            OriginalStarts = new int[entries.Count + 1],
            Postings = [.. entries.SelectMany(entry => entry.Documents)],
            Nulls = own is null ? [] : own.Nulls.ToArray(),
        };
        for (var i = 0; i < entries.Count; i++)
        {
            shape.LowerStarts[i + 1] = shape.LowerStarts[i] + entries[i].Lower.Length;
            shape.OriginalStarts[i + 1] = shape.OriginalStarts[i] + entries[i].Original.Length;
            shape.Starts[i + 1] = shape.Starts[i] + entries[i].Documents.Length;
            shape.HasVariants |= i > 0 && entries[i].Lower.AsSpan().SequenceEqual(entries[i - 1].Lower);
        }

        return new Column(shape);
    }
}
