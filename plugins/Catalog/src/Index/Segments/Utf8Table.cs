using System.Numerics;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>
/// Texts as UTF-8, each kept once, under numbers that count up from 0. One thread writes; others may read the texts of
/// numbers that were handed to them.
/// </summary>
internal sealed class Utf8Table
{
    private const int LargestChunk = 1 << 20;

    private byte[][] _chunks = [];
    private Entry[] _entries;
    private int[] _slots;
    private int _free;
    private int _count;

    public Utf8Table(int capacity = 64)
    {
        _entries = new Entry[capacity];
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
    }

    public int Count => _count;

    public ReadOnlySpan<byte> this[int number]
    {
        get
        {
            var entry = Volatile.Read(ref _entries)[number];
            return Volatile.Read(ref _chunks)[entry.Chunk].AsSpan(entry.Start, entry.Length);
        }
    }

    /// <summary>The number of a text, a new one if it is new.</summary>
    public int Add(ReadOnlySpan<byte> text, out bool isNew)
    {
        var hash = Hash(text);
        var slot = Slot(text, hash);
        isNew = _slots[slot] == 0;
        if (!isNew)
        {
            return _slots[slot] - 1;
        }

        if (_count == _entries.Length)
        {
            var larger = new Entry[_count * 2];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = Keep(text, hash);
        _slots[slot] = ++_count;
        if (_count * 2 > _slots.Length)
        {
            Rehash();
        }

        return _count - 1;
    }

    public int Add(ReadOnlySpan<byte> text) => Add(text, out _);

    public static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = default(HashCode);
        hash.AddBytes(text);
        return hash.ToHashCode();
    }

    private int Slot(ReadOnlySpan<byte> text, int hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            if (_slots[slot] == 0)
            {
                return slot;
            }

            ref var entry = ref _entries[_slots[slot] - 1];
            if (entry.Hash == hash && _chunks[entry.Chunk].AsSpan(entry.Start, entry.Length).SequenceEqual(text))
            {
                return slot;
            }
        }
    }

    private Entry Keep(ReadOnlySpan<byte> text, int hash)
    {
        if (_chunks.Length == 0 || _chunks[^1].Length - _free < text.Length)
        {
            var size = _chunks.Length == 0 ? 1024 : Math.Min(LargestChunk, _chunks[^1].Length * 2);
            var larger = new byte[_chunks.Length + 1][];
            _chunks.CopyTo(larger, 0);
            larger[^1] = new byte[Math.Max(size, text.Length)];
            Volatile.Write(ref _chunks, larger);
            _free = 0;
        }

        text.CopyTo(_chunks[^1].AsSpan(_free));
        var entry = new Entry(_chunks.Length - 1, _free, text.Length, hash);
        _free += text.Length;
        return entry;
    }

    private void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var number = 0; number < _count; number++)
        {
            var slot = _entries[number].Hash & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = number + 1;
        }

        _slots = slots;
    }

    private readonly record struct Entry(int Chunk, int Start, int Length, int Hash);
}
