using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages;

/// <summary>Where a reader stands: at an address of its own, or on its entity's page.</summary>
internal static class ReaderAddress
{
    public const string Api = "/api/docs";

    public const string Tab = "docs";

    /// <summary>What the addresses of a site begin with.</summary>
    /// <param name="isTab">It is read on its entity's page.</param>
    public static DocsBase Base(EntityRef entity, string? reference, bool isTab) =>
        new(isTab ? EntityPages.Of(entity, Tab) : DocsAddress.Of(entity), Below($"{Api}/files", entity), reference);

    /// <summary>A part of a reader's page that is fetched on its own.</summary>
    public static string PartOf(EntityRef entity, string part, string? reference, bool isTab) => QueryHelpers.AddQueryString(
        Below($"{Api}/parts/{part}", entity),
        new Dictionary<string, string?> { ["ref"] = reference, ["tab"] = isTab ? "true" : null }.Where(pair => pair.Value is not null));

    private static string Below(string root, EntityRef entity) => root + DocsAddress.Of(entity)[DocsAddress.List.Length..];
}
