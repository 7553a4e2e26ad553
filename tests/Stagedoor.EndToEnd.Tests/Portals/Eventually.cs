using System.Diagnostics;

namespace Stagedoor.EndToEnd.Tests.Portals;

/// <summary>Waits for what comes about by itself.</summary>
internal static class Eventually
{
    public static async Task<T> Reach<T>(string what, TimeSpan within, Func<Task<T>> look, Func<T, bool> reached, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (reached(seen))
            {
                return seen;
            }

            if (clock.Elapsed > within)
            {
                throw new TimeoutException($"{what}: not within {within.TotalSeconds:0} s. The last that was seen: {seen}");
            }

            await Task.Delay(100, cancellationToken);
        }
    }
}
