using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stagedoor.Plugins;

/// <summary>
/// The address of an entity, <c>kind:namespace/name</c>. Kind and namespace and name compare without regard to case,
/// as everywhere in the catalog; the text is kept as it was written.
/// </summary>
[JsonConverter(typeof(EntityRefJson))]
public readonly struct EntityRef : IEquatable<EntityRef>, IParsable<EntityRef>
{
    public const string DefaultNamespace = "default";

    public EntityRef(string kind, string @namespace, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentException.ThrowIfNullOrEmpty(@namespace);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Kind = kind;
        Namespace = @namespace;
        Name = name;
    }

    public string Kind { get; }

    public string Namespace { get; }

    public string Name { get; }

    public static EntityRef User(string name) => new("user", DefaultNamespace, name);

    public static EntityRef Group(string name) => new("group", DefaultNamespace, name);

    /// <summary>Reads <c>[kind:][namespace/]name</c>, taking what is missing from the defaults.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, string? defaultKind, string defaultNamespace, out EntityRef result)
    {
        result = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var rest = text.AsSpan().Trim();
        var kind = defaultKind.AsSpan();
        var colon = rest.IndexOf(':');
        var slash = rest.IndexOf('/');
        if (colon >= 0 && (slash < 0 || colon < slash))
        {
            kind = rest[..colon];
            rest = rest[(colon + 1)..];
            slash = rest.IndexOf('/');
        }

        var space = defaultNamespace.AsSpan();
        if (slash >= 0)
        {
            space = rest[..slash];
            rest = rest[(slash + 1)..];
        }

        if (kind.IsEmpty || space.IsEmpty || rest.IsEmpty || rest.Contains('/') || rest.Contains(':'))
        {
            return false;
        }

        result = new EntityRef(kind.ToString(), space.ToString(), rest.ToString());
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EntityRef result) =>
        TryParse(s, defaultKind: null, DefaultNamespace, out result);

    public static EntityRef Parse(string s) => Parse(s, provider: null);

    public static EntityRef Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException($"'{s}' is not an entity reference. Write kind:namespace/name, for example component:default/dead-letter.");

    public bool Equals(EntityRef other) =>
        string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Kind, other.Kind, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Namespace, other.Namespace, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is EntityRef other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(
        StringComparer.OrdinalIgnoreCase.GetHashCode(Kind ?? ""),
        StringComparer.OrdinalIgnoreCase.GetHashCode(Namespace ?? ""),
        StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? ""));

    public static bool operator ==(EntityRef left, EntityRef right) => left.Equals(right);

    public static bool operator !=(EntityRef left, EntityRef right) => !left.Equals(right);

    /// <summary>The canonical text, in lower case: what is stored and compared.</summary>
    public override string ToString() => Kind is null ? "" : $"{Kind}:{Namespace}/{Name}".ToLowerInvariant();
}

internal sealed class EntityRefJson : JsonConverter<EntityRef>
{
    public override EntityRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EntityRef.TryParse(reader.GetString(), provider: null, out var parsed)
            ? parsed
            : throw new JsonException("An entity reference is written kind:namespace/name, for example component:default/dead-letter.");

    public override void Write(Utf8JsonWriter writer, EntityRef value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
