namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>Recorded cases that are meant to differ, each with the reason.</summary>
internal static class KnownDifferences
{
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
        ["pages/002-pages-runbook"] = "A language that Pygments does not know is called text by MkDocs. Here it keeps its name, which another highlighter may know.",
    };
}
