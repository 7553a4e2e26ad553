using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>JSON values as schemas and people see them.</summary>
internal static class SchemaValues
{
    private const int Shown = 60;

    /// <summary>As a message names it: short, and in one line.</summary>
    public static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"'{Cut(value.GetString()!)}'",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Cut(value.GetRawText()),
    };

    /// <summary>With its content, where the value itself is the point.</summary>
    public static string ShowWhole(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Cut(value.GetRawText()) : Show(value);

    public static string Cut(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, Shown) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= Shown)
            {
                return plain.Append('…').ToString();
            }

            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    public static bool IsInteger(JsonElement number) =>
        number.TryGetInt64(out _)
        || (number.TryGetDecimal(out var exact) ? decimal.IsInteger(exact) : number.TryGetDouble(out var rough) && double.IsInteger(rough));

    public static int Compare(JsonElement left, JsonElement right) =>
        left.TryGetDecimal(out var a) && right.TryGetDecimal(out var b) ? a.CompareTo(b) : left.GetDouble().CompareTo(right.GetDouble());

    public static bool IsMultiple(JsonElement value, JsonElement of)
    {
        if (value.TryGetDecimal(out var a) && of.TryGetDecimal(out var b) && b != 0)
        {
            try
            {
                return a % b == 0;
            }
            catch (OverflowException)
            {
                // The quotient has more digits than fit; the rough way below decides.
            }
        }

        return value.GetDouble() % of.GetDouble() == 0;
    }

    /// <summary>In characters as people count them, not in UTF-16 units.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
            {
                length--;
            }
        }

        return length;
    }

    /// <summary>Equal values have equal hashes: 1 and 1.0 are equal, and so are objects in any order.</summary>
    public static int Hash(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return string.GetHashCode(value.GetString(), StringComparison.Ordinal);
            case JsonValueKind.Number:
                return value.GetDouble().GetHashCode();
            case JsonValueKind.Array:
                var list = new HashCode();
                foreach (var item in value.EnumerateArray())
                {
                    list.Add(Hash(item));
                }

                return list.ToHashCode();
            case JsonValueKind.Object:
                var sum = 17;
                foreach (var property in value.EnumerateObject())
                {
                    sum = unchecked(sum + HashCode.Combine(property.Name, Hash(property.Value)));
                }

                return sum;
            default:
                return (int)value.ValueKind;
        }
    }

    /// <summary><c>at most 3 items are allowed</c></summary>
    public static string Bound(bool isLeast, int bound, string one, string many) =>
        $"{(isLeast ? "at least" : "at most")} {Count(bound, one, many)} {(bound == 1 ? "is" : "are")} {(isLeast ? "needed" : "allowed")}";

    public static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
}
