using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Data;
using Stagedoor.Data.Migrations;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Starting;

/// <summary>
/// Brings the portal from "listening" to "ready": waits for the database, migrates it, starts plugins, then the parts that
/// work in the background. What concerns one plugin fails that plugin only.
/// </summary>
internal sealed class PortalStarter(
    PluginRegistry plugins,
    OpenDatabase database,
    PortalReadiness readiness,
    PluginSwitch pluginSwitch,
    IEnumerable<IBackgroundPart> parts,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    IOptions<ServerOptions> server,
    StartFault fault,
    TimeProvider clock,
    ILogger<PortalStarter> log) : BackgroundService
{
    private static readonly TimeSpan PluginStartLimit = TimeSpan.FromSeconds(30);

    private readonly Stack<IBackgroundPart> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Reach(stoppingToken);
            readiness.Wait("its database to be brought up to date");
            await Migrate(stoppingToken);

            // Reads the keys of cookies and forms, or makes the first: pages then need no database for them.
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector("stagedoor.start").Protect("ready");
            await StartPlugins(stoppingToken);
            foreach (var part in parts)
            {
                _running.Push(part);
                await part.Start(stoppingToken);
            }

            readiness.Begin();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped while starting; StopAsync stops what has been started.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogCritical(e, "The portal cannot start: {Reason}", e.Message);
            fault.Reason = e.Message;
            lifetime.StopApplication();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        
        // What is left is for the requests under way.
        limited.CancelAfter(server.Value.ShutdownTimeout * 0.9);
        while (_running.TryPop(out var part))
        {
            try
            {
                await part.Stop(limited.Token);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.LogError(e, "{Part} did not stop cleanly", part.GetType().Name);
            }
        }
    }

    private async Task Reach(CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await database.Reach(stopping);
                if (attempt > 0)
                {
                    log.LogInformation("The database answers");
                }

                return;
            }
            catch (DatabaseUnavailableException e)
            {
                readiness.Wait($"its database ({e.Message.TrimEnd('.')})");
                if (attempt % 15 == 0)
                {
                    log.LogWarning("Waiting for the database: {Reason}", e.Message);
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt < 5 ? 1 : 2), clock, stopping);
            }
        }
    }

    private async Task Migrate(CancellationToken stopping)
    {
        var migrator = services.GetRequiredService<Migrator>();
        var own = await migrator.Apply(
            [MigrationSet.From("portal", typeof(PortalStarter).Assembly)], stopping);
        if (own.FirstOrDefault(outcome => outcome.Failure is not null)?.Failure is { } failure)
        {
            throw new CannotStartException(failure.Message);
        }

        foreach (var id in await pluginSwitch.Disabled(stopping))
        {
            plugins.Find(id)?.Leave(PluginState.Disabled, PluginSwitch.Reason);
        }

        // All at once: whose a table is shows only beside the names of all others.
        var sets = plugins.Active.Where(plugin => plugin.Origin != PluginOrigin.Host).Select(plugin => MigrationSet.From(plugin.Id, plugin.Assembly!)).ToList();
        foreach (var outcome in await migrator.Apply(sets, stopping))
        {
            if (outcome.Failure is { } fault && plugins.Find(outcome.OwnerId) is { } plugin)
            {
                Fail(plugin, $"Its tables could not be brought up to date. {fault.Message}", fault.Cause);
            }
        }
    }

    private async Task StartPlugins(CancellationToken stopping)
    {
        foreach (var plugin in plugins.All)
        {
            // One that fails takes those along that need it.
            if (!plugin.IsActive)
            {
                continue;
            }

            readiness.Wait($"the plugin {plugin.Info.Name} to start");
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limited.CancelAfter(PluginStartLimit);
            try
            {
                foreach (var start in plugin.Contributions.Starts)
                {
                    // WaitAsync lets go of a plugin that does not heed its token.
                    await start(services, limited.Token).WaitAsync(limited.Token);
                }
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                Fail(plugin, $"It did not start within {PluginStartLimit.TotalSeconds:0} s.", null);
            }
            catch (Exception e) when (plugin.Origin != PluginOrigin.Host && !stopping.IsCancellationRequested && e is not OutOfMemoryException)
            {
                Fail(plugin, $"It failed while starting: {e.GetType().Name}: {e.Message}", e);
            }
        }
    }

    private void Fail(LoadedPlugin plugin, string reason, Exception? e)
    {
        plugin.Leave(PluginState.Failed, reason);
        log.LogError(e, "The plugin {Plugin} failed: {Reason}", plugin.Id, reason);
    }
}

/// <summary>Why the portal stopped itself, for the last line on the terminal and the exit code.</summary>
internal sealed class StartFault
{
    public string? Reason { get; set; }
}
