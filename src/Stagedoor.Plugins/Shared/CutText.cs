namespace Stagedoor.Plugins;

/// <summary>A text that is not longer than there is room for, never cut through what is one sign.</summary>
public static class CutText
{
    /// <summary>The text, or its beginning with three dots in place of the rest.</summary>
    /// <param name="most">How long it may be, with the dots.</param>
    public static string To(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, End(text, most - 1)).TrimEnd(), "…");
    }

    /// <summary>The text, or as much of its beginning as there is room for, with nothing to tell of the rest.</summary>
    public static string Start(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return text.Length <= most ? text : text[..End(text, most)];
    }

    /// <summary>The first line of a text that may go on, without blanks around it, and with dots where it is longer than there is room for.</summary>
    /// <param name="most">How long it may be, with the dots.</param>
    public static string Line(string? text, int most)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\n', '\r');
        return To((end < 0 ? line : line[..end].TrimEnd()).ToString(), most);
    }

    private static int End(string text, int most) => char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
