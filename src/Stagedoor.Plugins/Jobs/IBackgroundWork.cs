namespace Stagedoor.Plugins;

/// <summary>
/// Work that goes on for as long as the portal runs, on every replica: a consumer, a watcher. Registered by
/// <see cref="PluginBuilder.Background{TWork}"/>, a singleton, begun after all plugins have started.
/// </summary>
public interface IBackgroundWork
{
    /// <summary>
    /// Works until the token says stop; then finish or hand back what is in hand. Returning earlier means there is no
    /// more to do. Throwing is logged, and it is begun again after a pause that grows.
    /// </summary>
    Task Run(CancellationToken stopping);
}
