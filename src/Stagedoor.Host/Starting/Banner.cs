using Stagedoor.Data;
using Stagedoor.Host.Identity;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Starting;

/// <summary>What stands on the terminal once the portal listens: the address, the data, and what one must know.</summary>
internal static class Banner
{
    public static string Write(
        IReadOnlyCollection<string> addresses, string data, OpenDatabase database, IdentitySettings identity, IDirectory directory, PluginRegistry plugins, PortalReadiness readiness)
    {
        var lines = new List<string>
        {
            $"Stagedoor {typeof(Banner).Assembly.GetName().Version?.ToString(3)} is at {string.Join(" and ", addresses)}",
            database.Dialect == Dialect.Sqlite ? $"Its data lies in {data}" : $"Its data lies in {database.Description}",
        };
        switch (identity.WithoutSignIn)
        {
            case IdentitySource.Sample:
                lines.Add($"It shows the sample organisation; you are {directory.FindPerson(identity.SamplePerson)?.Name ?? identity.SamplePerson.Name}, signed in because this is development");
                break;
            case IdentitySource.Guest:
                lines.Add("Warning: this is development without an organisation, so everybody who can reach it has full rights");
                break;
        }

        lines.AddRange(plugins.All.Where(plugin => plugin.State is PluginState.Failed or PluginState.Incompatible)
            .Select(plugin => $"Warning: the plugin {plugin.Id} is {(plugin.State == PluginState.Failed ? "not active" : "not compatible")}: {plugin.Reason}"));
        if (!readiness.IsReady)
        {
            lines.Add($"It will serve as soon as it has what it waits for: {readiness.WaitsFor}");
        }

        return string.Join(Environment.NewLine, lines.Select((line, i) => (i == 0 ? "▌ " : "│ ") + line.ReplaceLineEndings(Environment.NewLine + "│   ")));
    }
}
