using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Steering;

/// <summary>What the buttons of the pages send: <c>run:releases.sync-releases</c>.</summary>
internal static class JobDeeds
{
    public static Task<Steered> Do(JobSteering steering, string? pressed, Caller by, CancellationToken cancellationToken) => (pressed ?? "").Split(':', 2) switch
    {
        ["run", var name] => steering.RunNow(name, by, cancellationToken),
        ["pause", var name] => steering.Pause(name, by, cancellationToken),
        ["resume", var name] => steering.Resume(name, by, cancellationToken),
        ["cancel", var name] => steering.Cancel(name, by, cancellationToken),
        _ => Task.FromResult(Steered.Refused("Nothing was done: the page sent something that is not one of its buttons. Reload it and try again.")),
    };
}
