namespace Stagedoor.UI;

/// <summary>A text that is not longer than there is room for.</summary>
public static class CutText
{
    /// <summary>The text, or its beginning with three dots in place of the rest, never cut through what is one sign.</summary>
    /// <param name="most">How long it may be, with the dots.</param>
    public static string To(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1).TrimEnd(), "…");
    }
}
