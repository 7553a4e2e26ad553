namespace Stagedoor.Load;

/// <summary>The one in the middle of several measurements.</summary>
internal static class Median
{
    public static T Of<T>(IReadOnlyCollection<T> all) => Of(all, one => one);

    public static T Of<T, TKey>(IReadOnlyCollection<T> all, Func<T, TKey> key) => all.OrderBy(key).ElementAt(all.Count / 2);
}
