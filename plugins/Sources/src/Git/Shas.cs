namespace Stagedoor.Sources.Git;

/// <summary>The names git gives to objects.</summary>
internal static class Shas
{
    public static bool IsWhole(string text) => text.Length is 40 or 64 && IsHex(text);

    public static bool MayBe(string text) => text.Length is >= 7 and <= 64 && IsHex(text);

    /// <summary>Whether a text may be the name of a branch or tag; none of these reaches git in another meaning.</summary>
    public static bool IsReference(string text) =>
        text.Length is > 0 and <= 250
        && text[0] is not ('-' or '/' or '.')
        && text[^1] is not ('/' or '.')
        && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("@{", StringComparison.Ordinal) && !text.Contains("//", StringComparison.Ordinal)
        && !text.EndsWith(".lock", StringComparison.Ordinal)
        && !text.Any(c => char.IsControl(c) || c is ' ' or '~' or '^' or ':' or '?' or '*' or '[' or '\\' or '\u007f');

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);
}
