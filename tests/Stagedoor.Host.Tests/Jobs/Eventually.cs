namespace Stagedoor.Host.Tests.Jobs;

/// <summary>Waits for something that happens elsewhere, generously.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task Be(Func<Task<bool>> condition, string what)
    {
        var deadline = Task.Delay(Limit, TestContext.Current.CancellationToken);
        while (!await condition())
        {
            deadline.IsCompleted.ShouldBeFalse($"Waited {Limit.TotalSeconds} s in vain: {what}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task Be(Func<bool> condition, string what) => Be(() => Task.FromResult(condition()), what);
}
