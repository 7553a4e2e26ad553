using Stagedoor.Host.CommandLine;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration;

/// <summary>The folders, as the start settled them.</summary>
internal sealed class PortalFolders(PortalSetup setup) : IPortalFolders
{
    public string Configuration =>
        setup.Configuration.Files.Count > 0 ? Path.GetDirectoryName(setup.Configuration.Files[^1])! : setup.Configuration.Request.WorkingDirectory;

    public string? Sample => setup.Sample == CommandLine.Sample.None ? null : Path.Combine(setup.BaseDirectory, "samples", "Organisation");

    public string Cache(string plugin)
    {
        var folder = Path.Combine(setup.Configuration.DataDirectory, "cache", plugin);
        Directory.CreateDirectory(folder);
        return folder;
    }
}
