using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Stagedoor.Host.CommandLine.Api;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Host.Http;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Commands;

/// <summary><c>health</c> and <c>plugins</c>: is it well, and what is in it.</summary>
internal static class PortalStateCommands
{
    private static readonly CommandColumn<PluginAnswer>[] PluginColumns =
    [
        new("ID", plugin => plugin.Id),
        new("NAME", plugin => plugin.Name),
        new("VERSION", plugin => plugin.Version),
        new("STATE", plugin => plugin.State),
        new("FROM", plugin => plugin.Origin),
        new("OWNER", plugin => plugin.Owner),
        new("REASON", plugin => plugin.Reason?.Split('\n')[0]),
    ];

    public static CommandBuilder Health()
    {
        var command = new CommandBuilder("health", "Tell whether a portal is ready; for container checks.");
        command.Run(CheckHealth);
        return command;
    }

    public static CommandBuilder Plugins() => new CommandBuilder("plugins", "See the plugins of a portal.")
        .Command("list", "List plugins with version, state and owner.", list => list.Run(async (context, cancellationToken) =>
        {
            var plugins = await context.Portal.Get<ListAnswer<PluginAnswer>>("/api/portal/plugins", cancellationToken);
            context.Output.Rows(plugins.Items, PluginColumns);
            return ExitCode.Ok;
        }));

    private static async Task<int> CheckHealth(CommandContext context, CancellationToken cancellationToken)
    {
        using var response = await ((ApiClient)context.Portal).AskAnyway(HttpMethod.Get, "/readyz", body: null, cancellationToken);
        var isReady = response.StatusCode == HttpStatusCode.OK;
        var health = await Read(response, cancellationToken) ?? new HealthAnswer(isReady ? "ready" : "unavailable", null, null);
        if (!isReady && response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            throw new CommandFailure(ExitCode.Failed, $"{context.Portal.Http.BaseAddress}readyz answered {(int)response.StatusCode}, so this is probably not a Stagedoor portal. Check the address.");
        }

        if (((TerminalOutput)context.Output).Format != OutputFormat.Table)
        {
            ((TerminalOutput)context.Output).Document(health);
        }
        else
        {
            ((TerminalOutput)context.Output).Line(health.Message is null ? $"The portal is {health.Status}." : $"The portal is {health.Status}: {health.Message}");
            foreach (var check in health.Checks ?? [])
            {
                ((TerminalOutput)context.Output).Line($"  {check.Name}: {check.Status}{(check.Message is null ? "" : $", {check.Message}")}");
            }
        }

        return isReady ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<HealthAnswer?> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<HealthAnswer>(JsonText.Compact, cancellationToken);
        }
        catch (JsonException)
        {
            // The status alone answers the question.
            return null;
        }
    }

    private sealed record HealthAnswer(string Status, string? Message, IReadOnlyList<HealthCheckAnswer>? Checks);

    private sealed record HealthCheckAnswer(string Name, string Status, string? Message);
}
