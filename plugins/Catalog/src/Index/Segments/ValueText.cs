using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Stagedoor.Catalog.Index.Segments;

/// <summary>How values are written and compared: as JavaScript writes them, in lower case, and only the short ones.</summary>
internal static class ValueText
{
    /// <summary>Longer paths are not indexed, and longer values only exist. In UTF-16 units, as Backstage counts.</summary>
    public const int MostUnits = 200;

    /// <summary>A text of the most units in UTF-8.</summary>
    public const int MostBytes = MostUnits * 3;

    public static bool IsShort(ReadOnlySpan<byte> text) =>
        text.Length <= MostUnits || (text.Length <= MostBytes && Encoding.UTF8.GetCharCount(text) <= MostUnits);

    /// <summary>Writes a text in lower case; the length, or -1 if it is too long.</summary>
    public static int Lower(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (Ascii.IsValid(text))
        {
            if (text.Length > MostUnits)
            {
                return -1;
            }

            Ascii.ToLower(text, into, out var written);
            return written;
        }

        if (!IsShort(text))
        {
            return -1;
        }

        Span<char> units = stackalloc char[MostUnits];
        Span<char> lower = stackalloc char[MostUnits];
        Utf8.ToUtf16(text, units, out _, out var count);
        units[..count].ToLowerInvariant(lower);
        Utf8.FromUtf16(lower[..count], into, out _, out var length);
        return length;
    }

    /// <summary>A text from a question in lower case; nothing if no value can be like it.</summary>
    public static byte[]? Lower(string text) => text.Length > MostUnits ? null : Encoding.UTF8.GetBytes(text.ToLowerInvariant());

    /// <summary>A JSON number as JavaScript says it: <c>1.0</c> is <c>1</c>, <c>1e3</c> is <c>1000</c>.</summary>
    public static int Number(ReadOnlySpan<byte> raw, Span<byte> into)
    {
        if (raw.Length <= 15 && raw.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            raw.CopyTo(into);
            return raw.Length;
        }

        return Encoding.UTF8.GetBytes(Number(double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture)), into);
    }

    internal static string Number(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }

        // The shortest digits that read back as the same number, and where the point stands among them.
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var n = (point < 0 ? mantissa.Length : point) - (digits.Length - digits.TrimStart('0').Length) + exponent;
        var significant = digits.Trim('0');
        var sign = number < 0 ? "-" : "";
        var k = significant.Length;
        if (n is > 0 and <= 21)
        {
            return k <= n ? sign + significant + new string('0', n - k) : $"{sign}{significant[..n]}.{significant[n..]}";
        }

        if (n is > -6 and <= 0)
        {
            return $"{sign}0.{new string('0', -n)}{significant}";
        }

        var power = (n - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return k == 1 ? $"{sign}{significant}e{power}" : $"{sign}{significant[0]}.{significant[1..]}e{power}";
    }
}
