using System.Text;
using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Texts from outside as both databases keep them: whole signs, no U+0000, and no longer than there is room for.</summary>
internal static class CleanText
{
    /// <summary>Names on the wire have at most 255 bytes.</summary>
    public const int Name = 255;

    /// <summary>As much of an error as lists and searches use; all of it stays in the headers.</summary>
    public const int Error = 4_000;

    public static string Of(string text, int most)
    {
        var cut = CutText.Start(text, most);
        if (cut.Contains('\0', StringComparison.Ordinal))
        {
            cut = cut.Replace("\0", "", StringComparison.Ordinal);
        }

        return cut.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? cut : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut));
    }

    /// <summary>Nothing for what is empty.</summary>
    public static string? OrNothing(string? text, int most) => string.IsNullOrWhiteSpace(text) ? null : Of(text, most);
}
