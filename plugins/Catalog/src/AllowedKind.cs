using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Stagedoor.Catalog;

/// <summary>A kind that may be declared, or its entities of one type: <c>Template</c>, <c>Component:website</c>.</summary>
internal sealed record AllowedKind(string Kind, string? Type) : IParsable<AllowedKind>
{
    public static AllowedKind Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var parsed) ? parsed : throw new FormatException($"'{s}' is not a kind. Write Component, or Component:website.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AllowedKind result)
    {
        if (s is ['{', ..])
        {
            // The longer form of Backstage: { kind: Component, spec.type: website }.
            var longer = JsonSerializer.Deserialize<Dictionary<string, string?>>(s) ?? [];
            result = longer.Keys.All(key => key is "kind" or "spec.type") && longer.GetValueOrDefault("kind") is { Length: > 0 } kind
                ? new AllowedKind(kind, longer.GetValueOrDefault("spec.type"))
                : null;
            return result is not null;
        }

        var parts = s?.Split(':', 2, StringSplitOptions.TrimEntries) ?? [];
        result = parts.Length > 0 && parts[0].Length > 0 ? new AllowedKind(parts[0], parts.Length > 1 ? parts[1] : null) : null;
        return result is not null;
    }

    public bool Allows(string kind, string? type) =>
        string.Equals(Kind, kind, StringComparison.OrdinalIgnoreCase)
        && (Type is null || string.Equals(Type, type, StringComparison.OrdinalIgnoreCase));
}
