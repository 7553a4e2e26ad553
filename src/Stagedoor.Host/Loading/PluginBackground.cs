using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stagedoor.Host.Starting;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>Runs what plugins do in the background, each on its own: one that throws is begun again, and harms nobody.</summary>
internal sealed class PluginBackground(PluginRegistry plugins, IServiceProvider services, TimeProvider time, ILoggerFactory loggers) : IBackgroundPart, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _running = [];

    public Task Start(CancellationToken cancellationToken)
    {
        foreach (var plugin in plugins.Active)
        {
            _running.AddRange(plugin.Contributions.Background.Select(type => Task.Run(() => Run(plugin, type), CancellationToken.None)));
        }

        return Task.CompletedTask;
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Run(LoadedPlugin plugin, Type type)
    {
        var log = loggers.CreateLogger($"Stagedoor.Plugins.{plugin.Id}");
        for (var failures = 0; !_stopping.IsCancellationRequested; failures++)
        {
            var begunAt = time.GetTimestamp();
            try
            {
                await ((IBackgroundWork)services.GetRequiredService(type)).Run(_stopping.Token);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (time.GetElapsedTime(begunAt) > LongestPause)
                {
                    failures = 0;
                }

                var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, failures), LongestPause.TotalSeconds));
                log.LogError(e, "{Work} failed and begins again in {Pause}", type.Name, pause);
                await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
