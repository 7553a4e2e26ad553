using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.MkDocs;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Reading;

/// <summary>
/// Where documentation is read: at an address of its own, or as a tab of its entity's page. The addresses are those of
/// Backstage, so that old links keep working.
/// </summary>
internal static class DocsAddress
{
    public const string List = "/docs";

    public const string Api = "/api/docs";

    public const string Tab = "docs";

    /// <summary>The first page of an entity's documentation, or what stands below an address of the plugin.</summary>
    public static string Of(EntityRef entity, string root = List) => root + EntityPages.Of(entity)[EntityPages.List.Length..];

    /// <param name="page">Below the site; empty for its first page.</param>
    public static string PageOf(EntityRef entity, string page) => Base(entity, null, isTab: false).Page(page);

    /// <summary>What the addresses of a site begin with.</summary>
    /// <param name="isTab">It is read on its entity's page.</param>
    public static DocsBase Base(EntityRef entity, string? reference, bool isTab) =>
        new(isTab ? EntityPages.Of(entity, Tab) : Of(entity), Of(entity, $"{Api}/files"), reference);

    /// <summary>A part of a reader's page that is fetched on its own.</summary>
    public static string PartOf(EntityRef entity, string part, string? reference, bool isTab) => QueryHelpers.AddQueryString(
        Of(entity, $"{Api}/parts/{part}"),
        new Dictionary<string, string?> { ["ref"] = reference, ["tab"] = isTab ? "true" : null }.Where(pair => pair.Value is not null));

    /// <summary>Reads <c>component/name/page</c> and <c>component:namespace/name/page</c>, with <c>.md</c> or without.</summary>
    public static bool TryRead(string text, out EntityRef entity, out string page)
    {
        (entity, page) = (default, "");
        if (text.Split('/', 3) is not [{ Length: > 0 } kind, { Length: > 0 } name, .. var rest])
        {
            return false;
        }

        var colon = kind.IndexOf(':', StringComparison.Ordinal);
        if (colon == 0 || colon == kind.Length - 1)
        {
            return false;
        }

        entity = colon < 0 ? new EntityRef(kind, EntityRef.DefaultNamespace, name) : new EntityRef(kind[..colon], kind[(colon + 1)..], name);
        page = rest is [var path] ? path.Trim('/') : "";
        page = SitePath.IsMarkdown(page) ? Mount.AddressOf(page) : page;
        return true;
    }
}
