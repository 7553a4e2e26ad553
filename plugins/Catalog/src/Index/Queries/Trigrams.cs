using Stagedoor.Catalog.Index.Segments;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>For each sequence of three bytes the values of a column that contain it, or another that falls in the same place.</summary>
internal sealed class Trigrams
{
    /// <summary>A column of fewer bytes is looked through at once.</summary>
    public const int Worthwhile = 64 * 1024;

    private const int Places = 1 << 16;

    private readonly int[] _starts = new int[Places + 1];
    private readonly int[] _values;

    public Trigrams(Column column)
    {
        var last = new int[Places];
        for (var value = 0; value < column.Count; value++)
        {
            var text = column.Lower(value);
            for (var i = 0; i + 3 <= text.Length; i++)
            {
                var place = Place(text[i..]);
                if (last[place] != value + 1)
                {
                    last[place] = value + 1;
                    _starts[place + 1]++;
                }
            }
        }

        for (var i = 0; i < Places; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        _values = new int[_starts[Places]];
        var next = _starts.AsSpan(0, Places).ToArray();
        last.AsSpan().Clear();
        for (var value = 0; value < column.Count; value++)
        {
            var text = column.Lower(value);
            for (var i = 0; i + 3 <= text.Length; i++)
            {
                var place = Place(text[i..]);
                if (last[place] != value + 1)
                {
                    last[place] = value + 1;
                    _values[next[place]++] = value;
                }
            }
        }
    }

    /// <summary>The values that may contain a text of at least three bytes: those with the rarest part of it.</summary>
    public ReadOnlySpan<int> Candidates(ReadOnlySpan<byte> text)
    {
        var (best, fewest) = (0, int.MaxValue);
        for (var i = 0; i + 3 <= text.Length; i++)
        {
            var place = Place(text[i..]);
            var count = _starts[place + 1] - _starts[place];
            if (count < fewest)
            {
                (best, fewest) = (place, count);
            }
        }

        return _values.AsSpan(_starts[best].._starts[best + 1]);
    }

    private static int Place(ReadOnlySpan<byte> three) => (int)(((uint)three[0] | ((uint)three[1] << 8) | ((uint)three[2] << 16)) * 2654435761u >> 16);
}
