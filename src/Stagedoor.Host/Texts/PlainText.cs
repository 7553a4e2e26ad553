using Stagedoor.Plugins;

namespace Stagedoor.Host.Texts;

/// <summary>Makes text from plugins fit to be stored: no longer than allowed, without what PostgreSQL refuses in text.</summary>
internal static class PlainText
{
    public static string Cut(string text, int max) => CutText.To(text.Replace('\0', '\uFFFD'), max);

    public static string? CutOrNull(string? text, int max) => string.IsNullOrEmpty(text) ? null : Cut(text, max);
}
