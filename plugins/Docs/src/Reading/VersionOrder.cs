namespace Stagedoor.Docs.Reading;

/// <summary>Orders names of versions as people count: v10 comes after v9, and 2.0.0 after 2.0.0-rc1.</summary>
internal sealed class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        while (one.Length > 0 || other.Length > 0)
        {
            var (digits, others) = (Digits(one), Digits(other));
            var order = digits > 0 && others > 0 ? Numbers(one[..digits], other[..others]) : Rank(one) - Rank(other);
            if (order != 0)
            {
                return order;
            }

            one = one[Math.Max(1, digits)..];
            other = other[Math.Max(1, others)..];
        }

        return string.CompareOrdinal(x, y);
    }

    /// <summary>What follows a dash comes before the version itself, anything else after it.</summary>
    private static int Rank(ReadOnlySpan<char> rest) => rest is [] ? 1 : rest[0] == '-' ? 0 : rest[0] + 2;

    private static int Numbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.TrimStart('0');
        other = other.TrimStart('0');
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
