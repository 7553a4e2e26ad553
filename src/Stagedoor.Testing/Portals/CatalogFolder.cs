using Stagedoor.Testing.Processes;

namespace Stagedoor.Testing.Portals;

/// <summary>A folder of entity files for a portal's catalog to read. It is gone after the test.</summary>
public sealed class CatalogFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stagedoor-entities-").FullName;

    /// <summary>
    /// Lets a catalog read every <c>.yaml</c> file in the folder. Further lines of the section <c>catalog</c> may follow, indented
    /// by two, and sections of their own.
    /// </summary>
    public string Configuration =>
        $"""
        catalog:
          locations:
            - type: file
              target: {Path}/**/*.yaml
              rules:
                - allow: [Component, API, Resource, System, Domain, Group, User, Location, Template]

        """;

    public void Write(string path, string text)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Delete(string path) => File.Delete(System.IO.Path.Combine(Path, path));

    public async ValueTask DisposeAsync() => await Folders.Remove(Path);
}
