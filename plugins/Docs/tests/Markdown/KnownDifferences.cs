namespace Stagedoor.Docs.Tests.Markdown;

/// <summary>Recorded cases that are meant to differ, each with the reason.</summary>
internal static class KnownDifferences
{
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>
    {
    };
}
