using System.Diagnostics;
using Xunit;

namespace Stagedoor.Testing.Waiting;

/// <summary>Waits for what comes about by itself, with a limit on its patience, and fails with what was seen last.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> Reach<T>(string what, TimeSpan within, Func<Task<T>> look, Func<T, bool> reached, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(reached);
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

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Waits a minute at most, and no longer than the test.</summary>
    public static Task Be(Func<Task<bool>> condition, string what) =>
        Reach(what, Patience, condition, isSo => isSo, TestContext.Current.CancellationToken);

    public static Task Be(Func<bool> condition, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Be(() => Task.FromResult(condition()), what);
    }
}
