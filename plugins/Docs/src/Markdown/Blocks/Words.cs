using System.Globalization;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Words and numbers out of an opening line.</summary>
internal static class Words
{
    public static string Capitalized(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>A number as it was written, or zero. Numbers too large to mean anything are cut.</summary>
    public static int Number(string? digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : string.IsNullOrEmpty(digits) ? 0 : int.MaxValue;

    /// <summary>What counts as part of a word around emphasis.</summary>
    public static bool IsWord(char letter) => letter == '_' || char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || char.IsNumber(letter);
}
