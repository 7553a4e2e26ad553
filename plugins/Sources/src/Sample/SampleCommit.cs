namespace Stagedoor.Sources.Sample;

/// <summary>A commit in the history of a repository of the sample organisation.</summary>
/// <param name="By">The name of a person of the organisation.</param>
/// <param name="Paths">What it brings: files, and folders with a slash at the end. Nothing means all that is left.</param>
internal sealed record SampleCommit(DateTimeOffset At, string By, string Message, IReadOnlyList<string>? Paths)
{
    public bool Brings(string path) =>
        Paths is null || Paths.Any(start => start.EndsWith('/') ? path.StartsWith(start, StringComparison.Ordinal) : path == start);
}
