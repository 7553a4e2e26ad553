namespace Stagedoor.Catalog.Index.Segments;

/// <summary>The values that occur in the entities of a segment that is being built, each once, with its lower case.</summary>
internal sealed class Values
{
    private readonly Utf8Table _texts = new(256);
    private readonly List<int> _lower = [];

    public int Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        var number = _texts.Add(text, out var isNew);
        if (isNew)
        {
            _lower.Add(number);
            if (!text.SequenceEqual(lower))
            {
                var other = _texts.Add(lower, out var isNewToo);
                if (isNewToo)
                {
                    _lower.Add(other);
                }

                _lower[number] = other;
            }
        }

        return number;
    }

    public ReadOnlySpan<byte> Text(int number) => _texts[number];

    /// <summary>The number of the same text in lower case.</summary>
    public int LowerOf(int number) => _lower[number];

    public int Compare(int a, int b)
    {
        var order = _texts[_lower[a]].SequenceCompareTo(_texts[_lower[b]]);
        return order != 0 ? order : _texts[a].SequenceCompareTo(_texts[b]);
    }
}
