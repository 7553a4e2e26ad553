namespace Stagedoor.Plugins;

/// <summary>Folders of this machine that a plugin may need.</summary>
public interface IPortalFolders
{
    /// <summary>A folder of the plugin's own in the data directory, for copies and caches: made when it is asked for. What must not be lost belongs into the database.</summary>
    string Cache(string plugin);

    /// <summary>What relative paths of the configuration are relative to: the folder of its last file, or else the one the portal was started in.</summary>
    string Configuration { get; }

    /// <summary>The sample organisation, if the portal was started with it.</summary>
    string? Sample { get; }
}
