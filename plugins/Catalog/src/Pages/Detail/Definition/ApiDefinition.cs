using System.Text.Json;
using Stagedoor.Catalog.Pages.Detail.Inspect;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Definition;

/// <summary>What an API says in <c>spec.definition</c>.</summary>
internal sealed record ApiDefinition(string Text, string? Language)
{
    public long Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);

    public static ApiDefinition? Of(Entity entity) => entity.At("spec.definition") switch
    {
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } written => new ApiDefinition(written, LanguageOf(entity.Type, written)),
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } value => new ApiDefinition(EntityText.ToYaml(value), "yaml"),
        _ => null,
    };

    private static string? LanguageOf(string? type, string text) => type?.ToLowerInvariant() switch
    {
        "openapi" or "asyncapi" => text.AsSpan().TrimStart() is ['{', ..] ? "json" : "yaml",
        "graphql" => "graphql",
        "grpc" => "protobuf",
        "trpc" => "typescript",
        _ => null,
    };
}
