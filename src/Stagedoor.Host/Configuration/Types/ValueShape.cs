using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Types;

internal enum ValueKind
{
    Text,
    Boolean,
    WholeNumber,
    Number,
    Duration,
    Size,
    Address,
    Choice,
    Other,
}

/// <summary>A single value: how it is read, how it is written, and what a person is told when it does not fit.</summary>
internal sealed record ValueShape(Type Type, ValueKind Kind) : Shape(Type)
{
    private static readonly Dictionary<Type, ValueKind> Kinds = new()
    {
        [typeof(string)] = ValueKind.Text,
        [typeof(bool)] = ValueKind.Boolean,
        [typeof(byte)] = ValueKind.WholeNumber,
        [typeof(short)] = ValueKind.WholeNumber,
        [typeof(int)] = ValueKind.WholeNumber,
        [typeof(long)] = ValueKind.WholeNumber,
        [typeof(float)] = ValueKind.Number,
        [typeof(double)] = ValueKind.Number,
        [typeof(decimal)] = ValueKind.Number,
        [typeof(TimeSpan)] = ValueKind.Duration,
        [typeof(ByteSize)] = ValueKind.Size,
        [typeof(Uri)] = ValueKind.Address,
    };

    public IReadOnlyList<string> Choices => Kind == ValueKind.Choice ? [.. Enum.GetNames(Type).Select(JsonNamingPolicy.CamelCase.ConvertName)] : [];

    public override string Expected => Kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Boolean => "true or false",
        ValueKind.WholeNumber => "a whole number",
        ValueKind.Number => "a number",
        ValueKind.Duration => Durations.Expected,
        ValueKind.Size => ByteSize.Expected,
        ValueKind.Address => "an address such as https://example.com",
        ValueKind.Choice => $"one of {string.Join(", ", Choices)}",
        _ when Type == typeof(Guid) => "an id such as 0198a2c4-5b1e-7c3d-9a44-2f6d1c0e8b17",
        _ when Type == typeof(EntityRef) => "a reference to an entity such as user:default/mae",
        _ => $"a {Type.Name}",
    };

    public static ValueShape? For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Kinds.TryGetValue(type, out var kind))
        {
            return new ValueShape(type, kind);
        }

        return type.IsEnum ? new ValueShape(type, ValueKind.Choice)
            : IsParsable(type) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)) ? new ValueShape(type, ValueKind.Other)
            : null;
    }

    public bool TryParse(string text, out object? value)
    {
        var trimmed = text.Trim();
        value = Kind switch
        {
            ValueKind.Text => text,
            ValueKind.Boolean => trimmed.ToLowerInvariant() switch { "true" => true, "false" => false, _ => null },
            ValueKind.WholeNumber => long.TryParse(trimmed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Narrow(number) : null,
            ValueKind.Number => double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Narrow(number) : null,
            ValueKind.Duration => Durations.TryParse(trimmed, out var duration) ? duration : null,
            ValueKind.Size => ByteSize.TryParse(trimmed, null, out var size) ? size : null,
            ValueKind.Address => Uri.TryCreate(trimmed, UriKind.Absolute, out var address) && !address.IsFile ? address : null,
            ValueKind.Choice => Choices.Contains(trimmed, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(Type, trimmed, ignoreCase: true) : null,
            _ => Convert(trimmed),
        };
        return value is not null;
    }

    /// <summary>A value as one would write it in the file.</summary>
    public static string Write(object value) => value switch
    {
        TimeSpan duration => Durations.Write(duration),
        bool yes => yes ? "true" : "false",
        Enum choice => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString()),
        Uri address => address.OriginalString,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private object? Narrow(object number)
    {
        try
        {
            return System.Convert.ChangeType(number, Type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private object? Convert(string text)
    {
        try
        {
            return IsParsable(Type)
                ? typeof(ValueShape).GetMethod(nameof(Parse), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(Type).Invoke(null, [text])
                : TypeDescriptor.GetConverter(Type).ConvertFromInvariantString(text);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException or NotSupportedException or TargetInvocationException)
        {
            return null;
        }
    }

    private static object? Parse<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static bool IsParsable(Type type) =>
        type.GetInterfaces().Any(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IParsable<>) && candidate.GetGenericArguments()[0] == type);
}
