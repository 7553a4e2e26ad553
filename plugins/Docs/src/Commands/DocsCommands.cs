using System.Globalization;
using Stagedoor.Docs.Checking;
using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Pages;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Rendering;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Commands;

/// <summary><c>stagedoor docs …</c>: what one does with documentation before it is pushed.</summary>
internal static class DocsCommands
{
    public static void Add(CommandBuilder docs)
    {
        docs.Command("check", "Find broken links, anchors, images and navigation in a folder of documentation.", Check);
        docs.Command("serve", "Show a folder of documentation in the browser, and show it again on each save.", PreviewCommand.Add);
    }

    private static void Check(CommandBuilder command)
    {
        var folder = command.Argument<string>("folder", "The folder of mkdocs.yml or of Markdown.", ".", required: false);
        command.Run(async (context, cancellationToken) =>
        {
            var path = Path.GetFullPath(context.Value(folder) ?? ".", context.WorkingDirectory);
            if (!Directory.Exists(path))
            {
                context.Output.Error($"There is no folder {path}. Name the folder of mkdocs.yml, or one of Markdown.");
                return ExitCode.Usage;
            }

            // As the portal reads it: configurations and links may lead to whatever else is in the repository.
            var place = WorkTree.PlaceOf(path);
            var files = new LocalFiles(place.Root);
            var site = await new SiteBuilding(files, place, Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar))).Build(cancellationToken);
            if (site.Pages.Count == 0)
            {
                context.Output.Error($"There is no Markdown in {path}.");
                return ExitCode.NotFound;
            }

            string? Beside(string file) => Path.Exists(Path.Combine(place.Root, file)) ? file : null;
            var findings = SiteCheck.Of(await SiteDigest.Make(new PageRendering(new MarkdownRenderer(Tables.Load()), new IconLibrary()), site, files, Beside, cancellationToken));
            var broken = findings.Count(finding => finding.IsBroken);
            context.Output.Rows(
                [.. findings.Select(finding => new Line(Seen(place, finding), finding.Kind.ToString().ToLowerInvariant(), finding.Written, finding.Text))],
                new("FILE", line => line.File),
                new("WHAT", line => line.Kind),
                new("WRITTEN", line => line.Written),
                new("WHY", line => line.Why));
            context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{InWords.Count(site.Pages.Count, "page", "pages")} checked, {(broken == 0 ? "nothing" : broken)} broken."));
            return broken == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    /// <summary>As it is found from the folder that was named.</summary>
    private static string Seen(DocsPlace.OnThisMachine place, DocsFinding finding)
    {
        var file = Path.GetRelativePath(Path.Combine(place.Root, place.Folder), Path.Combine(place.Root, finding.File));
        return finding.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{file}:{line}") : file;
    }

    private sealed record Line(string File, string Kind, string? Written, string Why);
}
