using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Reading;

/// <summary>Where documentation is read. The addresses are those of Backstage, so that old links keep working.</summary>
internal static class DocsAddress
{
    public const string List = "/docs";

    public const string Files = "/api/techdocs/static/docs";

    /// <param name="page">Below the site; empty for its first page.</param>
    public static string Of(EntityRef entity, string page = "") =>
        $"{List}/{Whose(entity)}{(page.Length == 0 ? "" : "/" + string.Join('/', page.Split('/').Select(Uri.EscapeDataString)))}";

    public static DocsBase BaseOf(EntityRef entity, string? reference) => new(Of(entity), $"{Files}/{Whose(entity)}", reference);

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
        page = SitePath.IsMarkdown(page) ? Sites.MkDocs.Mount.AddressOf(page) : page;
        return true;
    }

    private static string Whose(EntityRef entity) =>
        $"{Part(entity.Namespace)}/{Part(entity.Kind)}/{Part(entity.Name)}";

    private static string Part(string text) => Uri.EscapeDataString(text.ToLowerInvariant());
}
