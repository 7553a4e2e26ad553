using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Portals;

/// <summary>Portals that tests only look at, each started when the first test asks for it.</summary>
public sealed class SharedPortals : IAsyncDisposable
{
    private readonly Shared _guest = new(() => new PortalProcessOptions { Sample = "none" });
    private readonly Shared _polaris = new(() => new PortalProcessOptions { Sample = "polaris" });
    private readonly Shared _production = new(() => new PortalProcessOptions { Environment = "Production", Configuration = Configurations.WithProbe });
    private readonly Shared _chaotic = new(() => new PortalProcessOptions { Sample = "polaris", Configuration = Configurations.WithProbe, PluginFolders = [ChaosPlugin.Published] });

    /// <summary>In development without an organisation: one is a guest with full rights.</summary>
    public Task<PortalProcess> Guest() => _guest.Portal();

    /// <summary>With the sample organisation: one is mae.</summary>
    public Task<PortalProcess> Polaris() => _polaris.Portal();

    /// <summary>As it is deployed: nobody is signed in, one service token is known.</summary>
    public Task<PortalProcess> Production() => _production.Portal();

    /// <summary>With the sample and the plugin that breaks things.</summary>
    public Task<PortalProcess> Chaotic() => _chaotic.Portal();

    public async ValueTask DisposeAsync()
    {
        foreach (var shared in new[] { _guest, _polaris, _production, _chaotic })
        {
            await shared.DisposeAsync();
        }
    }

    private sealed class Shared(Func<PortalProcessOptions> options) : IAsyncDisposable
    {
        private readonly Lock _lock = new();
        private Task<PortalProcess>? _portal;

        public Task<PortalProcess> Portal()
        {
            lock (_lock)
            {
                // One test's end must not end it for the others.
                return _portal ??= PortalProcess.Start(options(), CancellationToken.None);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_portal is { IsCompletedSuccessfully: true })
            {
                await (await _portal).DisposeAsync();
            }
        }
    }
}
