using System.Text;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>
/// What the entities of a segment have at one path: the different values in order, and for each the documents that have
/// it. Values are ordered by their lower case, then as written.
/// </summary>
internal sealed class Column(ColumnShape shape)
{
    private readonly byte[] _lower = shape.Lower;
    private readonly int[] _lowerStarts = shape.LowerStarts;
    private readonly byte[]? _original = shape.Original;
    private readonly int[]? _originalStarts = shape.OriginalStarts;
    private readonly int[] _starts = shape.Starts;
    private readonly int[] _postings = shape.Postings;
    private readonly int[] _nulls = shape.Nulls;
    private readonly HashSet<long>? _items = shape.Items;

    /// <summary>How many different values there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The same value occurs written in several ways.</summary>
    public bool HasVariants { get; } = shape.HasVariants;

    /// <summary>Every value is a text in a list.</summary>
    public bool AllAreItems { get; } = shape.AllAreItems;

    public bool HasItems => AllAreItems || _items is not null;

    /// <summary>All pairs of a value and a document, by value.</summary>
    public ReadOnlySpan<int> Postings => _postings;

    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>Documents that have something here which is no value.</summary>
    public ReadOnlySpan<int> Nulls => _nulls;

    public ReadOnlySpan<byte> AllLower => _lower;

    public ReadOnlySpan<int> LowerStarts => _lowerStarts;

    public ReadOnlySpan<byte> Lower(int value) => _lower.AsSpan(_lowerStarts[value].._lowerStarts[value + 1]);

    public ReadOnlySpan<byte> Original(int value) =>
        _original is null ? Lower(value) : _original.AsSpan(_originalStarts![value].._originalStarts[value + 1]);

    public string Text(int value) => Encoding.UTF8.GetString(Original(value));

    public ReadOnlySpan<int> DocumentsOf(int value) => _postings.AsSpan(_starts[value].._starts[value + 1]);

    public ReadOnlySpan<int> DocumentsOf(int from, int to) => _postings.AsSpan(_starts[from].._starts[to]);

    /// <summary>The values that are this one, however written: from here, before there.</summary>
    public (int From, int To) Find(ReadOnlySpan<byte> lower)
    {
        var from = FirstFrom(lower);
        var to = from;
        while (to < Count && Lower(to).SequenceEqual(lower))
        {
            to++;
        }

        return (from, to);
    }

    public (int From, int To) FindPrefix(ReadOnlySpan<byte> lower)
    {
        var from = FirstFrom(lower);
        var (low, high) = (from, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Lower(middle).StartsWith(lower))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (from, low);
    }

    /// <summary>The first value that is not before this text.</summary>
    public int FirstFrom(ReadOnlySpan<byte> lower)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Lower(middle).SequenceCompareTo(lower) < 0)
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

    /// <summary>Sets the documents in which this value stands as a text in a list.</summary>
    public void SetItems(ulong[] into, ReadOnlySpan<byte> lower)
    {
        var (from, to) = Find(lower);
        if (AllAreItems)
        {
            Bits.Set(into, DocumentsOf(from, to));
        }
        else if (_items is not null)
        {
            foreach (var document in DocumentsOf(from, to))
            {
                if (_items.Contains(((long)from << 32) | (uint)document))
                {
                    Bits.Set(into, document);
                }
            }
        }
    }
}

/// <summary>The parts of a column while they are put together.</summary>
internal sealed class ColumnShape(int values)
{
    public byte[] Lower { get; set; } = [];

    public int[] LowerStarts { get; } = new int[values + 1];

    /// <summary>Nothing, if all values are written in lower case.</summary>
    public byte[]? Original { get; set; }

    public int[]? OriginalStarts { get; set; }

    public int[] Starts { get; } = new int[values + 1];

    public int[] Postings { get; set; } = [];

    public int[] Nulls { get; set; } = [];

    public bool HasVariants { get; set; }

    public bool AllAreItems { get; set; }

    /// <summary>The first of the equal values and the document, where it is a text in a list; nothing if all are or none is.</summary>
    public HashSet<long>? Items { get; set; }
}
