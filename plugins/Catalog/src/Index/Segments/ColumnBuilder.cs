using System.Buffers.Binary;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>Collects what entities have at one path, document by document, and makes a column of it.</summary>
internal sealed class ColumnBuilder
{
    private const int Null = -1;

    private int[] _documents = new int[4];
    private int[] _values = new int[4];
    private int _count;
    private bool _hasItems;
    private bool _hasOthers;
    private HashSet<(int Document, int Value)>? _items;

    /// <param name="isItem">It is a text in a list, which also makes <c>path.text</c> true.</param>
    public void Add(int document, int value, bool isItem)
    {
        Append(document, value);
        if (_items is null && (isItem ? _hasOthers : _hasItems))
        {
            TellApart();
        }

        _hasItems |= isItem;
        _hasOthers |= !isItem;
        if (isItem)
        {
            _items?.Add((document, value));
        }
    }

    /// <summary>There is something, but nothing to compare: nothing at all, or too long a text.</summary>
    public void AddNull(int document) => Append(document, Null);

    private void Append(int document, int value)
    {
        if (_count == _documents.Length)
        {
            Array.Resize(ref _documents, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        _documents[_count] = document;
        _values[_count++] = value;
    }

    /// <summary>So far all were texts in lists, or none was; from now on they are told apart one by one.</summary>
    private void TellApart()
    {
        _items = [];
        for (var i = 0; i < _count - 1 && _hasItems; i++)
        {
            if (_values[i] != Null)
            {
                _items.Add((_documents[i], _values[i]));
            }
        }
    }

    /// <param name="place">Where each document stands in the segment.</param>
    public Column? Build(Values values, int[] place, bool inOrder, Scratch scratch)
    {
        if (_count == 0)
        {
            return null;
        }

        var distinct = Distinct(values, scratch, out var ordinals);
        var column = new ColumnShape(distinct.Length);
        var lowers = Write(values, distinct, column);

        // A value counts once for an entity, however often it is there and however it is written.
        scratch.Seen(distinct.Length);
        var nulls = new List<int>();
        var kept = 0;
        for (var row = 0; row < _count; row++)
        {
            if (_values[row] == Null)
            {
                if (nulls.Count == 0 || nulls[^1] != place[_documents[row]])
                {
                    nulls.Add(place[_documents[row]]);
                }

                _values[row] = Null;
                continue;
            }

            var ordinal = ordinals[_values[row]];
            var isItem = _hasItems && (_items is null || _items.Contains((_documents[row], _values[row])));
            ref var seen = ref scratch.SeenBy[lowers[ordinal]];
            if (seen == _documents[row] + 1)
            {
                _values[row] = Null;
            }
            else
            {
                seen = _documents[row] + 1;
                _values[row] = ordinal;
                column.Starts[ordinal + 1]++;
                kept++;
            }

            if (isItem && _items is not null)
            {
                column.Items ??= [];
                column.Items.Add(((long)lowers[ordinal] << 32) | (uint)place[_documents[row]]);
            }
        }

        for (var i = 0; i < distinct.Length; i++)
        {
            column.Starts[i + 1] += column.Starts[i];
        }

        column.Postings = new int[kept];
        var next = scratch.Next(column.Starts);
        for (var row = 0; row < _count; row++)
        {
            if (_values[row] != Null)
            {
                column.Postings[next[_values[row]]++] = place[_documents[row]];
            }
        }

        if (!inOrder)
        {
            for (var i = 0; i < distinct.Length; i++)
            {
                column.Postings.AsSpan(column.Starts[i]..column.Starts[i + 1]).Sort();
            }
        }

        column.Nulls = [.. nulls];
        column.AllAreItems = _hasItems && _items is null;
        return new Column(column);
    }

    /// <summary>The different values in order, and for the number of each its place among them.</summary>
    private int[] Distinct(Values values, Scratch scratch, out int[] ordinals)
    {
        ordinals = scratch.Ordinals;
        var generation = scratch.NextGeneration();
        var count = 0;
        var found = scratch.Found(_count);
        for (var i = 0; i < _count; i++)
        {
            var value = _values[i];
            if (value != Null)
            {
                scratch.Room(ref ordinals, value);
                if (scratch.Generations[value] != generation)
                {
                    scratch.Generations[value] = generation;
                    found[count++] = value;
                }
            }
        }

        var distinct = found.AsSpan(0, count).ToArray();
        Sort(values, distinct);
        for (var i = 0; i < distinct.Length; i++)
        {
            ordinals[distinct[i]] = i;
        }

        return distinct;
    }

    /// <summary>Sorts by what comes after the part that all have in common, eight bytes at once, then the rest where that is equal.</summary>
    private static void Sort(Values values, int[] numbers)
    {
        if (numbers.Length < 32)
        {
            Array.Sort(numbers, values.Compare);
            return;
        }

        var first = values.Text(values.LowerOf(numbers[0]));
        var common = first.Length;
        foreach (var number in numbers)
        {
            common = Math.Min(common, first.CommonPrefixLength(values.Text(values.LowerOf(number))));
        }

        var keys = new ulong[numbers.Length];
        Span<byte> eight = stackalloc byte[8];
        for (var i = 0; i < numbers.Length; i++)
        {
            var rest = values.Text(values.LowerOf(numbers[i]))[common..];
            eight.Clear();
            rest[..Math.Min(8, rest.Length)].CopyTo(eight);
            keys[i] = BinaryPrimitives.ReadUInt64BigEndian(eight);
        }

        Array.Sort(keys, numbers);
        var comparer = Comparer<int>.Create(values.Compare);
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(numbers, start, end - start, comparer);
            }

            start = end;
        }
    }

    /// <summary>Writes the values side by side; answers for each the first that is the same in lower case.</summary>
    private static int[] Write(Values values, int[] distinct, ColumnShape column)
    {
        var lowers = new int[distinct.Length];
        var (lowerSize, size, differs) = (0, 0, false);
        for (var i = 0; i < distinct.Length; i++)
        {
            var lower = values.LowerOf(distinct[i]);
            lowerSize += values.Text(lower).Length;
            size += values.Text(distinct[i]).Length;
            differs |= lower != distinct[i];
            column.LowerStarts[i + 1] = lowerSize;
            lowers[i] = i > 0 && values.LowerOf(distinct[i - 1]) == lower ? lowers[i - 1] : i;
            column.HasVariants |= lowers[i] != i;
        }

        column.Lower = new byte[lowerSize];
        for (var i = 0; i < distinct.Length; i++)
        {
            values.Text(values.LowerOf(distinct[i])).CopyTo(column.Lower.AsSpan(column.LowerStarts[i]));
        }

        if (differs)
        {
            column.Original = new byte[size];
            column.OriginalStarts = new int[distinct.Length + 1];
            for (var i = 0; i < distinct.Length; i++)
            {
                var text = values.Text(distinct[i]);
                text.CopyTo(column.Original.AsSpan(column.OriginalStarts[i]));
                column.OriginalStarts[i + 1] = column.OriginalStarts[i] + text.Length;
            }
        }

        return lowers;
    }
}

/// <summary>Arrays that the columns of a segment need one after the other while they are built.</summary>
internal sealed class Scratch(int values)
{
    private int _generation;
    private int[] _next = new int[64];
    private int[] _found = new int[64];

    public int[] Ordinals = new int[values];

    public int[] Generations = new int[values];

    public int[] SeenBy { get; private set; } = new int[64];

    public int NextGeneration() => ++_generation;

    public void Room(ref int[] ordinals, int value)
    {
        if (value >= Ordinals.Length)
        {
            Array.Resize(ref Ordinals, Math.Max(value + 1, Ordinals.Length * 2));
            Array.Resize(ref Generations, Ordinals.Length);
            ordinals = Ordinals;
        }
    }

    public int[] Found(int count)
    {
        if (_found.Length < count)
        {
            _found = new int[count];
        }

        return _found;
    }

    public int[] Next(int[] starts)
    {
        if (_next.Length < starts.Length)
        {
            _next = new int[starts.Length];
        }

        starts.CopyTo(_next, 0);
        return _next;
    }

    public void Seen(int values)
    {
        if (SeenBy.Length < values)
        {
            SeenBy = new int[values];
        }
        else
        {
            SeenBy.AsSpan(0, values).Clear();
        }
    }
}
