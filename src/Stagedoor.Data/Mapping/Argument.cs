using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Mapping;

/// <summary>A parameter of a statement: its kind follows from the declared type, so that a null has one as well.</summary>
internal readonly record struct Argument(string Name, Kind Kind, object? Value)
{
    /// <summary>The elements, when the parameter is a list for <c>in @name</c>.</summary>
    public IReadOnlyList<object?>? List { get; init; }
}

/// <summary>Reads the parameters of a statement from the properties of an object or the entries of a dictionary.</summary>
internal sealed class Arguments
{
    private readonly ConcurrentDictionary<Type, PropertyInfo[]> _properties = new();

    public IReadOnlyList<Argument> Of(object? args) => args switch
    {
        null => [],
        IReadOnlyDictionary<string, object?> map => [.. map.Select(entry => Read(entry.Key, entry.Value?.GetType() ?? typeof(string), entry.Value))],
        IEnumerable => throw new ArgumentException("The parameters of a statement are the properties of one object. To write many rows use ITransaction.Insert.", nameof(args)),
        _ => [.. Properties(args.GetType()).Select(property => Read(property.Name, property.PropertyType, property.GetValue(args)))],
    };

    private static Argument Read(string name, Type declared, object? value)
    {
        var type = declared == typeof(object) && value is not null ? value.GetType() : declared;
        if (ElementType(type) is not { } element)
        {
            return new Argument(name, Values.KindOf(type, name), Values.Normal(value));
        }

        var items = value is null ? [] : ((IEnumerable)value).Cast<object?>();
        if (element == typeof(object))
        {
            element = items.FirstOrDefault(item => item is not null)?.GetType() ?? typeof(string);
        }

        return new Argument(name, Values.KindOf(element, name), Value: null) { List = [.. items.Select(Values.Normal)] };
    }

    private static Type? ElementType(Type type)
    {
        if (!typeof(IEnumerable).IsAssignableFrom(type) || type == typeof(string) || type == typeof(byte[]) || typeof(JsonNode).IsAssignableFrom(type))
        {
            return null;
        }

        return type.GetInterfaces().Append(type)
            .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0] ?? typeof(object);
    }

    private PropertyInfo[] Properties(Type type) => _properties.GetOrAdd(
        type,
        static t => [.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)]);
}

/// <summary>Brings C#'s values into the few forms that the dialects know how to send.</summary>
internal static class Values
{
    /// <summary>Instants on SQLite: fixed width and always UTC, so that text sorts as time does.</summary>
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static Kind KindOf(Type declared, string name)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsEnum || type == typeof(string) || type == typeof(char) || type == typeof(EntityRef) || type == typeof(Uri))
        {
            return Kind.Text;
        }

        if (type == typeof(JsonElement) || type == typeof(JsonDocument) || typeof(JsonNode).IsAssignableFrom(type))
        {
            return Kind.Json;
        }

        if (type == typeof(long) || type == typeof(uint) || type == typeof(ulong) || type == typeof(TimeSpan))
        {
            return Kind.Whole;
        }

        if (type == typeof(int) || type == typeof(short) || type == typeof(byte) || type == typeof(sbyte) || type == typeof(ushort))
        {
            return Kind.Int;
        }

        return type switch
        {
            _ when type == typeof(Guid) => Kind.Id,
            _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => Kind.Instant,
            _ when type == typeof(bool) => Kind.Truth,
            _ when type == typeof(double) || type == typeof(float) => Kind.Real,
            _ when type == typeof(decimal) => Kind.Exact,
            _ when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>) => Kind.Bytes,
            _ when type == typeof(DateOnly) => Kind.Day,
            _ => throw new ArgumentException($"The parameter @{name} is a {type.Name}, which no column can hold. Pass its text, number, instant or JSON.", nameof(declared)),
        };
    }

    public static object? Normal(object? value) => value switch
    {
        string text => WithoutNul(text),
        null or long or int or bool or double or decimal or Guid or byte[] or DateOnly => value,
        DateTimeOffset instant => Microseconds(instant),
        DateTime { Kind: DateTimeKind.Utc } instant => Microseconds(new DateTimeOffset(instant)),
        DateTime => throw new ArgumentException("A DateTime that is not UTC is no instant. Use DateTimeOffset.", nameof(value)),
        EntityRef reference => WithoutNul(reference.ToString()),
        Enum name => name.ToString(),
        TimeSpan span => (long)span.TotalMilliseconds,
        JsonElement json => json.ValueKind == JsonValueKind.Undefined ? null : json.GetRawText(),
        JsonDocument json => json.RootElement.GetRawText(),
        JsonNode json => json.ToJsonString(),
        float number => (double)number,
        uint number => (long)number,
        ulong number => checked((long)number),
        short or byte or sbyte or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        Memory<byte> bytes => bytes.ToArray(),
        char or Uri => WithoutNul(value.ToString()!),
        _ => value,
    };

    // PostgreSQL refuses a text with U+0000, and anybody can write %00 into an address. SQLite takes it alike, so that both keep the same.
    private static string WithoutNul(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    // PostgreSQL keeps microseconds; SQLite's text is cut alike, so that a value reads back equal on both.
    private static DateTimeOffset Microseconds(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
