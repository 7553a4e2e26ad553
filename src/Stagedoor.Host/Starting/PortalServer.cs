using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stagedoor.Data;
using Stagedoor.Host.CommandLine;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Starting;

/// <summary>The command <c>serve</c>: builds the portal, listens, says where, and stays until told to stop.</summary>
internal static class PortalServer
{
    public static async Task<int> Serve(ServeSettings settings, IReadOnlyList<IPlugin> firstParty, CancellationToken stopping)
    {
        try
        {
            var setup = new PortalSetup
            {
                Configuration = settings.LoadConfiguration(),
                FirstParty = firstParty,
                Environment = settings.Environment,
                Sample = settings.Sample,
                BaseDirectory = settings.ExecutableDirectory,
            };
            await using var portal = PortalApplication.Build(setup);
            await Listen(portal, setup.Configuration.Get<ServerOptions>("server"), stopping);
            await SayHello(portal, setup);
            return await UntilStopped(portal, stopping);
        }
        catch (Exception e) when (e is CannotStartException or DatabaseUnusableException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return (e as CannotStartException)?.ExitCode ?? ExitCode.Failed;
        }
    }

    private static async Task Listen(WebApplication portal, ServerOptions server, CancellationToken stopping)
    {
        try
        {
            await portal.StartAsync(stopping);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            // What has begun in the background ends in order before its database is closed.
            await portal.StopAsync(CancellationToken.None);
            var addresses = string.Join(", ", server.Urls.Select(url => url.OriginalString.TrimEnd('/')));
            throw new CannotStartException(
                $"""
                The portal cannot listen on {addresses}: {(e.InnerException is AddressInUseException ? "the address is in use by another program." : e.InnerException.Message)}
                Stop that program, or choose another address: --urls http://localhost:7008
                """);
        }
    }

    private static async Task SayHello(WebApplication portal, PortalSetup setup)
    {
        var services = portal.Services;
        var readiness = services.GetRequiredService<PortalReadiness>();

        // Usually it is ready within moments; only when it is not, the banner says what it waits for.
        await Task.WhenAny(readiness.Ready, Task.Delay(TimeSpan.FromSeconds(3)));
        if (services.GetRequiredService<StartFault>().Reason is not null)
        {
            return;
        }

        await Console.Out.WriteLineAsync(Banner.Write(
            [.. portal.Urls], setup.Configuration.DataDirectory, services.GetRequiredService<OpenDatabase>(),
            services.GetRequiredService<IdentitySettings>(), services.GetRequiredService<IDirectory>(), services.GetRequiredService<PluginRegistry>(), readiness));
    }

    private static async Task<int> UntilStopped(WebApplication portal, CancellationToken stopping)
    {
        var lifetime = portal.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var stop = stopping.Register(lifetime.StopApplication);
        await portal.WaitForShutdownAsync(CancellationToken.None);
        if (portal.Services.GetRequiredService<StartFault>().Reason is not { } fault)
        {
            return ExitCode.Ok;
        }

        await Console.Error.WriteLineAsync($"The portal cannot start: {fault}");
        return ExitCode.Failed;
    }
}
