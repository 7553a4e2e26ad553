using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration;

internal sealed class PortalFolders(LoadedConfiguration configuration) : IPortalFolders
{
    public string Data { get; } = Path.GetFullPath(configuration.DataDirectory, configuration.Request.WorkingDirectory);

    public string Configuration { get; } =
        configuration.Files.Count > 0 ? Path.GetDirectoryName(configuration.Files[0])! : configuration.Request.WorkingDirectory;
}
