using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Mapping;

/// <summary>
/// Reads one value of a row as the type that is asked for. Each value is looked at for itself: SQLite may answer a
/// whole number in one row and a fraction in the next.
/// </summary>
internal static class Cells
{
    public static T? Read<T>(DbDataReader reader, int ordinal, string member)
    {
        if (reader.IsDBNull(ordinal))
        {
            return default(T) is null
                ? default
                : throw new InvalidCastException($"The column '{reader.GetName(ordinal)}' is null, but {member} is {typeof(T).Name}. Make it nullable, or the column not null.");
        }

        var value = reader.GetValue(ordinal);
        if (value is T exact)
        {
            return exact;
        }

        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return (T)To(type, value);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException or ArgumentException or JsonException)
        {
            // The value itself stays out of the message: it may be a secret.
            throw new InvalidCastException(
                $"The column '{reader.GetName(ordinal)}' holds a {value.GetType().Name} that cannot be read as {type.Name} for {member}.", exception);
        }
    }

    /// <summary>Types that a single column fills.</summary>
    public static bool IsScalar(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(object) || plain == typeof(string) || plain == typeof(decimal) || plain == typeof(Guid)
            || plain == typeof(DateTimeOffset) || plain == typeof(DateTime) || plain == typeof(DateOnly) || plain == typeof(TimeSpan)
            || plain == typeof(EntityRef) || plain == typeof(Uri) || plain == typeof(byte[]) || plain == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(plain);
    }

    private static object To(Type type, object value)
    {
        if (type.IsEnum)
        {
            return value is string name ? Enum.Parse(type, name, ignoreCase: true) : Enum.ToObject(type, value);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => Text(value),
            TypeCode.DateTime => Instant(value).UtcDateTime,
            TypeCode.Boolean when value is string truth => truth is "1" || bool.Parse(truth),
            TypeCode.Object => ToObject(type, value),
            _ => Convert.ChangeType(value, type, CultureInfo.InvariantCulture),
        };
    }

    private static object ToObject(Type type, object value)
    {
        if (type == typeof(DateTimeOffset))
        {
            return Instant(value);
        }

        if (type == typeof(Guid))
        {
            return value is byte[] bytes ? new Guid(bytes) : Guid.Parse(Text(value), CultureInfo.InvariantCulture);
        }

        if (type == typeof(EntityRef))
        {
            return EntityRef.Parse(Text(value));
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.FromMilliseconds(Convert.ToDouble(value, CultureInfo.InvariantCulture));
        }

        if (type == typeof(JsonElement))
        {
            using var document = JsonDocument.Parse(Text(value));
            return document.RootElement.Clone();
        }

        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return JsonNode.Parse(Text(value))!;
        }

        if (type == typeof(DateOnly))
        {
            return value is DateTime day ? DateOnly.FromDateTime(day) : DateOnly.Parse(Text(value), CultureInfo.InvariantCulture);
        }

        return type == typeof(Uri)
            ? new Uri(Text(value), UriKind.RelativeOrAbsolute)
            : throw new InvalidCastException();
    }

    private static DateTimeOffset Instant(object value) => value switch
    {
        DateTimeOffset instant => instant.ToUniversalTime(),
        DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
        _ when DateTimeOffset.TryParseExact(
            Text(value), Values.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var exact) => exact,
        _ => DateTimeOffset.Parse(Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
    };

    private static string Text(object value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
