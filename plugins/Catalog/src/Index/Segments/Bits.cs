using System.Numerics;
using System.Runtime.InteropServices;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>Sets of documents of one segment, a bit for each.</summary>
internal static class Bits
{
    public static ulong[] None(int documents) => new ulong[(documents + 63) >> 6];

    public static ulong[] All(int documents)
    {
        var words = None(documents);
        words.AsSpan().Fill(ulong.MaxValue);
        if ((documents & 63) != 0)
        {
            words[^1] = (1UL << (documents & 63)) - 1;
        }

        return words;
    }

    public static ulong[] Of(int documents, ReadOnlySpan<int> members)
    {
        var words = None(documents);
        Set(words, members);
        return words;
    }

    public static bool Has(ulong[] words, int document) => (words[document >> 6] >> (document & 63) & 1) != 0;

    public static void Set(ulong[] words, int document) => words[document >> 6] |= 1UL << (document & 63);

    public static void Clear(ulong[] words, int document) => words[document >> 6] &= ~(1UL << (document & 63));

    public static void Set(ulong[] words, ReadOnlySpan<int> documents)
    {
        foreach (var document in documents)
        {
            words[document >> 6] |= 1UL << (document & 63);
        }
    }

    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    public static void And(ulong[] into, ulong[] other)
    {
        var a = Vectors(into);
        var b = Vectors(other);
        for (var i = 0; i < a.Length; i++)
        {
            a[i] &= b[i];
        }

        for (var i = a.Length * Vector<ulong>.Count; i < into.Length; i++)
        {
            into[i] &= other[i];
        }
    }

    public static void Or(ulong[] into, ulong[] other)
    {
        var a = Vectors(into);
        var b = Vectors(other);
        for (var i = 0; i < a.Length; i++)
        {
            a[i] |= b[i];
        }

        for (var i = a.Length * Vector<ulong>.Count; i < into.Length; i++)
        {
            into[i] |= other[i];
        }
    }

    public static void AndNot(ulong[] into, ulong[] other)
    {
        var a = Vectors(into);
        var b = Vectors(other);
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = Vector.AndNot(a[i], b[i]);
        }

        for (var i = a.Length * Vector<ulong>.Count; i < into.Length; i++)
        {
            into[i] &= ~other[i];
        }
    }

    /// <summary>The members, smallest first.</summary>
    public static int[] Members(ulong[] words, int count)
    {
        var members = new int[count];
        var at = 0;
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i]; word != 0; word &= word - 1)
            {
                members[at++] = (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }

        return members;
    }

    private static Span<Vector<ulong>> Vectors(ulong[] words) => MemoryMarshal.Cast<ulong, Vector<ulong>>(words.AsSpan());
}
