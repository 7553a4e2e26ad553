namespace Stagedoor.Plugins;

/// <summary>Where the portal's files lie on this machine.</summary>
public interface IPortalFolders
{
    /// <summary>The portal's data folder. A plugin keeps its files in a folder of its id below it: caches, which may be lost; what may not goes into the database.</summary>
    string Data { get; }

    /// <summary>The folder that paths in the configuration are relative to: that of its first file, or the one the portal was started in.</summary>
    string Configuration { get; }

    /// <summary>The folder of the sample organisation, if the portal was started with it.</summary>
    string? Sample { get; }
}
