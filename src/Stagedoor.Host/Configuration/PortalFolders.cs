using Stagedoor.Host.CommandLine;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration;

internal sealed class PortalFolders(PortalSetup setup) : IPortalFolders
{
    public string Data { get; } = Path.GetFullPath(setup.Configuration.DataDirectory, setup.Configuration.Request.WorkingDirectory);

    public string Configuration { get; } =
        setup.Configuration.Files.Count > 0 ? Path.GetDirectoryName(setup.Configuration.Files[0])! : setup.Configuration.Request.WorkingDirectory;

    public string? Sample { get; } = setup.Sample == CommandLine.Sample.None ? null : Path.Combine(setup.BaseDirectory, "samples", "Organisation");
}
