namespace Stagedoor.Host.Http;

/// <summary>A list, or a page of one, as the APIs of the host answer it.</summary>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record ListAnswer<T>(IReadOnlyList<T> Items, long Total);
