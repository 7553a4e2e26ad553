using Stagedoor.Plugins;

namespace Stagedoor.Sources;

/// <summary>Where the repositories of the sample organisation lie.</summary>
public static class SampleRepositories
{
    /// <summary>The folder that they are in; nothing if the portal was started without the sample.</summary>
    public static string? Folder(IPortalFolders folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        return folders.Sample is null ? null : Path.Combine(folders.Data, "sources", "sample");
    }
}
