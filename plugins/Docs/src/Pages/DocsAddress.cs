using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>Where documentation is read: at an address of its own, or as a tab of its entity's page.</summary>
internal static class DocsAddress
{
    public const string List = "/docs";

    public const string Api = "/api/docs";

    public const string Tab = "docs";

    /// <summary>The first page of an entity's documentation, or what stands below an address of the plugin.</summary>
    public static string Of(EntityRef entity, string root = List) => $"{root}/{Part(entity.Namespace)}/{Part(entity.Kind)}/{Part(entity.Name)}";

    /// <summary>What the addresses of a site begin with.</summary>
    /// <param name="isTab">It is read on its entity's page.</param>
    public static DocsBase Base(EntityRef entity, string? reference, bool isTab) =>
        new(isTab ? EntityPages.Of(entity, Tab) : Of(entity), Of(entity, $"{Api}/files"), reference);

    /// <summary>A part of a reader's page that is fetched on its own.</summary>
    public static string PartOf(EntityRef entity, string part, string? reference, bool isTab) => QueryHelpers.AddQueryString(
        Of(entity, $"{Api}/parts/{part}"),
        new Dictionary<string, string?> { ["ref"] = reference, ["tab"] = isTab ? "true" : null }.Where(pair => pair.Value is not null));

    private static string Part(string text) => Uri.EscapeDataString(text.ToLowerInvariant());
}
