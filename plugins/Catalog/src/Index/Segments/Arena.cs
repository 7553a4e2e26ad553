namespace Stagedoor.Catalog.Index.Segments;

/// <summary>Bytes in a few large arrays instead of one small array each. Only ever appended to.</summary>
internal sealed class Arena(int firstChunk)
{
    private const int LargestChunk = 4 << 20;

    private readonly List<byte[]> _chunks = [];
    private int _free;

    public Slice Append(int length)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _free < length)
        {
            var size = _chunks.Count == 0 ? firstChunk : Math.Min(LargestChunk, _chunks[^1].Length * 2);
            _chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(size, length)));
            _free = 0;
        }

        var slice = new Slice(_chunks.Count - 1, _free, length);
        _free += length;
        return slice;
    }

    public Span<byte> this[Slice slice] => _chunks[slice.Chunk].AsSpan(slice.Start, slice.Length);

    public ReadOnlyMemory<byte> Memory(Slice slice) => _chunks[slice.Chunk].AsMemory(slice.Start, slice.Length);

    /// <summary>Gives back what the last array has too much.</summary>
    public void Trim()
    {
        if (_chunks.Count > 0 && _chunks[^1].Length - _free > 4096)
        {
            _chunks[^1] = _chunks[^1].AsSpan(0, _free).ToArray();
        }
    }

    public long Size => _chunks.Sum(chunk => (long)chunk.Length);
}

internal readonly record struct Slice(int Chunk, int Start, int Length);
