using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Validate;

/// <summary><c>stagedoor catalog validate</c>: are these files right? For editors and for CI; needs no portal.</summary>
internal static class ValidateCommand
{
    internal static void Add(CommandBuilder catalog) =>
        catalog.Command("validate", "Check catalog files, and tell every mistake with its file and line.", validate =>
        {
            var paths = validate.Argument<string[]>("path", "Files, and folders that are searched for catalog-info.yaml and catalog-info.yml. By default this folder.", required: false);
            var pattern = validate.Option<string[]>("--pattern", "Other files to look for in folders, such as '**/*.entity.yaml'; may be repeated.");
            var config = validate.Option<string>("--config", "A portal's configuration: its kinds, fields and rules are used too.");
            var strict = validate.Option<bool>("--strict", "Fail for warnings, too.");
            var format = validate.Option<ReportFormat>("--format", "How to tell: for people, for programs, or as annotations of a merge request.");
            validate.Run((context, cancellationToken) => Run(
                context,
                new Request(context.Value(paths) is { Length: > 0 } given ? given : ["."], context.Value(pattern) ?? [], context.Value(config), context.Value(strict), context.Value(format)),
                cancellationToken));
        });

    private static async Task<int> Run(CommandContext context, Request request, CancellationToken cancellationToken)
    {
        try
        {
            var portal = request.Config is null ? PortalModel.None : PortalModel.Read(Path.Combine(context.WorkingDirectory, request.Config));
            var files = CatalogFileSearch.Find(context.WorkingDirectory, request.Paths, request.Patterns);
            var validation = new Validation(new EntityFiles(new KnownKinds(portal.Kinds, portal.Fields), []), portal.Allowed, context.WorkingDirectory);
            var result = await validation.Run(files, cancellationToken);
            Report.Write(result, request.Format, context.Output);
            return result.Mistakes > 0 || (request.Strict && result.Warnings > 0) ? ExitCode.Failed : ExitCode.Ok;
        }
        catch (Exception wrong) when (wrong is ValidateException or CatalogModelException)
        {
            context.Output.Error(wrong.Message);
            return ExitCode.Usage;
        }
    }

    private sealed record Request(string[] Paths, string[] Patterns, string? Config, bool Strict, ReportFormat Format);
}

/// <summary>The command line asks for something that cannot be done.</summary>
internal sealed class ValidateException(string message) : Exception(message);
