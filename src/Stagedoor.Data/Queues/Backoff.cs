namespace Stagedoor.Data.Queues;

/// <summary>How long a failed item waits: 2 s, 4 s, 8 s and so on up to an hour, give or take a fifth so that a crowd disperses.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan After(int attempt)
    {
        var exponent = Math.Clamp(attempt - 1, 0, 20);
        var pause = Math.Min(First.Ticks * Math.Pow(2, exponent), Longest.Ticks);
        return TimeSpan.FromTicks((long)(pause * (0.8 + (Random.Shared.NextDouble() * 0.4))));
    }
}
