namespace Stagedoor.Testing.Processes;

/// <summary>Puts a published plugin where a portal finds it: <c>plugins/</c> below its data.</summary>
public static class DroppedPlugin
{
    /// <summary>Copies the output of <c>dotnet publish</c>; the folder is named after the plugin's assembly.</summary>
    public static string Into(string dataDirectory, string published)
    {
        var main = Directory.EnumerateFiles(published, "*.deps.json").Single();
        var target = Path.Combine(dataDirectory, "plugins", Path.GetFileName(main)[..^".deps.json".Length]);
        FolderCopy.Make(published, target);
        return target;
    }
}
