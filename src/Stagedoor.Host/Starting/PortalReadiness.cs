namespace Stagedoor.Host.Starting;

/// <summary>Whether the portal can serve, and if not, what it waits for.</summary>
internal sealed class PortalReadiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _waitsFor = "the portal to start";

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>In words that follow "waiting for".</summary>
    public string WaitsFor => _waitsFor;

    public Task Ready => _ready.Task;

    public void Wait(string what) => _waitsFor = what;

    public void Begin() => _ready.TrySetResult();
}
