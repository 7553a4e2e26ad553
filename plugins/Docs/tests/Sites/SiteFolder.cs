using Microsoft.Extensions.Options;
using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Testing.Processes;

namespace Stagedoor.Docs.Tests.Sites;

/// <summary>A folder of this machine with the files of a site.</summary>
internal sealed class SiteFolder : IAsyncDisposable
{
    public static readonly MarkdownRenderer Renderer = new(Tables.Load());

    public static readonly IconLibrary Icons = new();

    public string Path { get; } = Directory.CreateTempSubdirectory("stagedoor-docs-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static SiteFolder With(params IEnumerable<(string Path, string Text)> files)
    {
        var folder = new SiteFolder();
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        return folder;
    }

    public void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] content)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
    }

    public Task<Site> Build(string folder = "", string? decisions = null) =>
        new SiteBuilding(new LocalFiles(Path), new DocsPlace.OnThisMachine(Path, folder, decisions), "The entity").Build(Cancelled);

    public async Task<ReadPage> Read(string address, string? reference = null)
    {
        var site = await Build();
        var page = site.Find(address).ShouldNotBeNull();
        return await new PageRendering(Renderer, Icons).Render(
            new RenderingOrder(site, new LocalFiles(Path), page, new DocsBase("/docs/default/component/x", "/files", reference))
            {
                Outside = path => $"https://code.example/{path}",
                Draw = new DiagramAddresses(Options.Create(new DocsOptions { Kroki = "https://kroki.example" })).Of,
            },
            Cancelled);
    }

    public async ValueTask DisposeAsync() => await Folders.Remove(Path);
}
