using Microsoft.Extensions.FileSystemGlobbing;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Validate;

/// <summary>Checks files, and those that their Location entities name.</summary>
internal sealed class Validation(EntityFiles entities, IAllowedKinds allowed, string workingDirectory)
{
    private readonly Neighbourhood _neighbourhood = new(workingDirectory);
    private readonly Dictionary<EntityRef, string> _declared = [];
    private readonly List<FileFinding> _findings = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _files = new();
    private int _entities;
    private int _elsewhere;

    public async Task<ValidationResult> Run(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            Enqueue(file);
        }

        while (_files.TryDequeue(out var file))
        {
            await Check(file, cancellationToken);
        }

        return new ValidationResult(_findings, _seen.Count, _entities, _elsewhere);
    }

    private async Task Check(string file, CancellationToken cancellationToken)
    {
        var shown = Path.GetRelativePath(workingDirectory, file).Replace('\\', '/');
        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _findings.Add(new FileFinding(shown, IsWarning: false, new EntityProblem(0, 0, "", $"This file cannot be read: {failed.Message}", null)));
            return;
        }

        var target = $"file:{file}";
        var reading = await entities.Read(
            new EntityFile(target, target, content, allowed, (relative, token) => _neighbourhood.ReadBeside(file, relative, token)), cancellationToken);
        foreach (var document in reading.Documents)
        {
            _entities += document.Ref is null ? 0 : 1;
            _findings.AddRange(document.Problems.Select(problem => new FileFinding(shown, IsWarning: false, problem)));
            _findings.AddRange(document.Warnings.Select(warning => new FileFinding(shown, IsWarning: true, warning)));
            FindTwice(shown, document);
            foreach (var named in document.Targets)
            {
                Follow(file, shown, document, named);
            }
        }
    }

    private void FindTwice(string shown, DocumentReading document)
    {
        if (document.Ref is not { } entity || _declared.TryAdd(entity, $"{shown}:{document.Line}"))
        {
            return;
        }

        // Two in one file have been told already, with both lines.
        var first = _declared[entity];
        if (!first.StartsWith(shown + ":", StringComparison.Ordinal))
        {
            _findings.Add(new FileFinding(shown, IsWarning: false, new EntityProblem(document.Document, document.Line, "metadata.name", $"makes this {entity}, as {first} does; only one of them can be in the catalog", entity)));
        }
    }

    private void Follow(string file, string shown, DocumentReading document, NamedTarget named)
    {
        if (named.Type is not (null or "file") || named.Target.Contains("://", StringComparison.Ordinal))
        {
            _elsewhere++;
            return;
        }

        try
        {
            var path = _neighbourhood.Resolve(file, named.Target);
            var found = named.Target.Contains('*', StringComparison.Ordinal) ? Matching(Path.GetDirectoryName(file)!, named.Target) : File.Exists(path) ? [path] : [];
            foreach (var one in found)
            {
                Enqueue(one);
            }

            if (found.Count == 0 && named.Required)
            {
                Tell($"names '{named.Target}', and there is no such file");
            }
        }
        catch (IOException refused)
        {
            Tell($"names '{named.Target}', which is not read: {refused.Message}");
        }

        void Tell(string message) => _findings.Add(new FileFinding(shown, IsWarning: false, new EntityProblem(document.Document, named.Line, "spec.target", message, document.Ref)));
    }

    private static IReadOnlyList<string> Matching(string folder, string pattern)
    {
        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddInclude(pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern);
        return [.. matcher.GetResultsInFullPath(folder).Order(StringComparer.Ordinal)];
    }

    private void Enqueue(string file)
    {
        if (_seen.Add(file))
        {
            _files.Enqueue(file);
        }
    }
}

/// <param name="File">Relative to the directory that the command was started in.</param>
internal sealed record FileFinding(string File, bool IsWarning, EntityProblem Problem)
{
    /// <summary>In one sentence, without its place.</summary>
    public string Text => Problem.Field.Length == 0 ? Problem.Message : $"{Problem.Field} {Problem.Message}";
}

/// <param name="Elsewhere">Targets of Location entities that only a portal can read.</param>
internal sealed record ValidationResult(IReadOnlyList<FileFinding> Findings, int Files, int Entities, int Elsewhere)
{
    public int Mistakes => Findings.Count(finding => !finding.IsWarning);

    public int Warnings => Findings.Count(finding => finding.IsWarning);
}
