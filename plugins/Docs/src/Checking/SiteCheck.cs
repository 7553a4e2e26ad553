using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Rendering;

namespace Stagedoor.Docs.Checking;

/// <summary>Finds what is broken in a site: links, anchors and images that lead nowhere, and what arranges it.</summary>
internal static class SiteCheck
{
    public static IReadOnlyList<DocsFinding> Of(SiteDigest digest)
    {
        var ids = digest.Pages.ToDictionary(page => page.Page.Path, page => page.Ids, StringComparer.Ordinal);
        return
        [
            .. digest.Site.Problems.Select(problem => new DocsFinding(FindingKind.Arrangement, null, problem.File, problem.Line, null, problem.Text)),
            .. digest.Pages.SelectMany(page => page.Links.Select(link => Broken(page, link, ids)).OfType<DocsFinding>().Distinct()),
            .. digest.Pages.SelectMany(page => page.Notes.Select(note => new DocsFinding(FindingKind.Note, page.Page, page.Page.File.Source, null, null, note))),
        ];
    }

    private static DocsFinding? Broken(PageDigest page, Reading.PageLink link, Dictionary<string, IReadOnlySet<string>> ids)
    {
        var kind = link.Kind == AddressKind.Link ? FindingKind.Link : FindingKind.Image;
        if (link.Trouble is { } trouble)
        {
            return new DocsFinding(kind, page.Page, page.Page.File.Source, null, link.Written, trouble);
        }

        return link is { Path: { } path, Anchor: { Length: > 0 } anchor } && ids.TryGetValue(path, out var there) && !there.Contains(Uri.UnescapeDataString(anchor)) && anchor != "top"
            ? new DocsFinding(FindingKind.Anchor, page.Page, page.Page.File.Source, null, link.Written, path == page.Page.Path ? $"This page has no heading '#{anchor}'." : $"{path} has no heading '#{anchor}'.")
            : null;
    }
}

/// <param name="Page">Nothing, if it is about the site as a whole.</param>
/// <param name="File">As one would look for it.</param>
/// <param name="Written">The link as it stands there.</param>
internal sealed record DocsFinding(FindingKind Kind, Sites.SitePage? Page, string File, int? Line, string? Written, string Text)
{
    /// <summary>Whether a reader misses something because of it.</summary>
    public bool IsBroken => Kind != FindingKind.Note;
}

internal enum FindingKind
{
    Link,
    Anchor,
    Image,
    Arrangement,
    Note,
}
