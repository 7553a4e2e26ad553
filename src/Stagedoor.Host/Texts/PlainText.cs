namespace Stagedoor.Host.Texts;

/// <summary>Makes text from plugins fit to be stored: no longer than allowed, without what PostgreSQL refuses in text.</summary>
internal static class PlainText
{
    public static string Cut(string text, int max)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            text = text.Replace('\0', '\uFFFD');
        }

        if (text.Length <= max)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    public static string? CutOrNull(string? text, int max) => string.IsNullOrEmpty(text) ? null : Cut(text, max);
}
