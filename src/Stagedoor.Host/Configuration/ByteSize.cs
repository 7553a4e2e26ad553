using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.Configuration;

/// <summary>A number of bytes, written as <c>10MB</c>. Units count by 1024, as memory and file systems do.</summary>
[TypeConverter(typeof(ByteSizeConverter))]
internal readonly partial record struct ByteSize(long Bytes) : IParsable<ByteSize>, IComparable<ByteSize>, IComparable
{
    public const string Expected = "a size such as 512KB, 10MB or 2GB";

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    public static ByteSize Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var size) ? size : throw new FormatException($"'{s}' is not {Expected}.");

    public static bool TryParse(string? s, IFormatProvider? provider, out ByteSize result)
    {
        result = default;
        if (s is null || Form().Match(s.Trim()) is not { Success: true } match)
        {
            return false;
        }

        var power = match.Groups["unit"].Value.ToUpperInvariant() is [var first and not 'B', ..] ? "BKMGT".IndexOf(first) : 0;
        var bytes = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) * Math.Pow(1024, power);
        if (bytes > long.MaxValue / 2d)
        {
            return false;
        }

        result = new ByteSize((long)bytes);
        return true;
    }

    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    public int CompareTo(object? obj) => obj is ByteSize other ? CompareTo(other) : 1;

    public static bool operator <(ByteSize left, ByteSize right) => left.CompareTo(right) < 0;

    public static bool operator <=(ByteSize left, ByteSize right) => left.CompareTo(right) <= 0;

    public static bool operator >(ByteSize left, ByteSize right) => left.CompareTo(right) > 0;

    public static bool operator >=(ByteSize left, ByteSize right) => left.CompareTo(right) >= 0;

    public override string ToString()
    {
        var (number, unit) = (Bytes, 0);
        while (number >= 1024 && number % 1024 == 0 && unit < Units.Length - 1)
        {
            number /= 1024;
            unit++;
        }

        return $"{number}{Units[unit]}";
    }

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?)\s*(?<unit>[KMGT]i?B?|B)?$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}

/// <summary>Lets a range attribute name its bounds as <c>"1KB"</c>.</summary>
internal sealed class ByteSizeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => ByteSize.Parse((string)value, culture);
}
