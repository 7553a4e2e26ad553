using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>
/// What a plain scalar means after YAML 1.2's core schema: <c>yes</c>, <c>012:30</c> and dates are texts, <c>0o14</c> is 12.
/// Numbers are what JavaScript makes of them, because that is what catalogs have been written against.
/// </summary>
internal static class CoreSchema
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static ScalarNode Resolve(string text, int line)
    {
        if (text.Length == 0)
        {
            return new ScalarNode(JsonValueKind.Null, "", line);
        }

        // Nearly every scalar is a text, and its first letter tells.
        switch (text[0])
        {
            case '~' when text.Length == 1:
            case 'n' when text is "null":
            case 'N' when text is "Null" or "NULL":
                return new ScalarNode(JsonValueKind.Null, "", line);
            case 't' when text is "true":
            case 'T' when text is "True" or "TRUE":
                return new ScalarNode(JsonValueKind.True, "", line);
            case 'f' when text is "false":
            case 'F' when text is "False" or "FALSE":
                return new ScalarNode(JsonValueKind.False, "", line);
            case >= '0' and <= '9' or '+' or '-' or '.':
                return Number(text, line) ?? new ScalarNode(JsonValueKind.String, text, line);
            default:
                return new ScalarNode(JsonValueKind.String, text, line);
        }
    }

    /// <summary>A number as JSON writes it; infinity and what is not a number have no JSON and are null.</summary>
    public static ScalarNode NumberNode(double value, int line) => double.IsFinite(value)
        ? new ScalarNode(JsonValueKind.Number, Write(value), line)
        : new ScalarNode(JsonValueKind.Null, "", line);

    private static string Write(double value) => double.IsInteger(value) && Math.Abs(value) < 1e21
        ? (value == 0 ? "0" : value.ToString("F0", CultureInfo.InvariantCulture))
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static ScalarNode? Number(string text, int line)
    {
        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length > 2 && text.AsSpan(2).IndexOfAnyExceptInRange('0', '7') < 0)
        {
            return NumberNode(text.Skip(2).Aggregate(0.0, (sum, digit) => (sum * 8) + (digit - '0')), line);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0)
        {
            return NumberNode(text.Skip(2).Aggregate(0.0, (sum, digit) => (sum * 16) + Convert.ToInt32(digit.ToString(), 16)), line);
        }

        var unsigned = text[0] is '+' or '-' ? text.AsSpan(1) : text.AsSpan();
        if (unsigned is ".inf" or ".Inf" or ".INF" || text is ".nan" or ".NaN" or ".NAN")
        {
            return new ScalarNode(JsonValueKind.Null, "", line);
        }

        return IsDecimal(unsigned) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? NumberNode(value, line) : null;
    }

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        var at = Digits(text, 0);
        var digits = at;
        if (at < text.Length && text[at] == '.')
        {
            var after = Digits(text, at + 1);
            digits += after - at - 1;
            at = after;
        }

        if (digits == 0)
        {
            return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
            {
                at++;
            }

            var end = Digits(text, at);
            if (end == at)
            {
                return false;
            }

            at = end;
        }

        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }
}
