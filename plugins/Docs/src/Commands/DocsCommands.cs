using System.Globalization;
using Stagedoor.Docs.Checking;
using Stagedoor.Docs.Icons;
using Stagedoor.Docs.Markdown;
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

            var files = new LocalFiles(path);
            var site = await new SiteBuilding(files, new DocsPlace.OnThisMachine(path, "", null), Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar))).Build(cancellationToken);
            if (site.Pages.Count == 0)
            {
                context.Output.Error($"There is no Markdown in {path}.");
                return ExitCode.NotFound;
            }

            var findings = SiteCheck.Of(await SiteDigest.Make(new PageRendering(new MarkdownRenderer(Tables.Load()), new IconLibrary()), site, files, cancellationToken));
            var broken = findings.Count(finding => finding.IsBroken);
            context.Output.Rows(
                [.. findings.Select(finding => new Line(finding.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{line}") : finding.File, finding.Kind.ToString().ToLowerInvariant(), finding.Written, finding.Text))],
                new("FILE", line => line.File),
                new("WHAT", line => line.Kind),
                new("WRITTEN", line => line.Written),
                new("WHY", line => line.Why));
            context.Output.Note(string.Create(CultureInfo.InvariantCulture, $"{Counted(site.Pages.Count, "page")} checked, {(broken == 0 ? "nothing" : broken)} broken."));
            return broken == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
    }

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private sealed record Line(string File, string Kind, string? Written, string Why);
}
