using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Reading;

/// <summary>Where the source of a page is seen and edited: after its mkdocs.yml, its entity, or what is known of its code host.</summary>
internal static class SourceAddresses
{
    private const string Edit = "backstage.io/edit-url";

    public static SourceLinks Of(OpenDocs docs, SitePage page, Func<string, string?> atCodeHost)
    {
        var view = atCodeHost(page.File.Source);
        return new SourceLinks(view, Written(page) ?? Known(view) ?? Annotated(docs, page));
    }

    /// <summary>As MkDocs makes it: the repository, the way to its editor, and the path of the page below its folder.</summary>
    private static string? Written(SitePage page)
    {
        if (page.Settings.EditUri is not { Length: > 0 } uri || !SitePath.IsBelow(page.File.Source, page.Settings.PagesFolder))
        {
            return null;
        }

        var path = string.Join('/', SitePath.From(page.Settings.PagesFolder, page.File.Source).Split('/').Select(Uri.EscapeDataString));
        var whole = Uri.TryCreate(uri, UriKind.Absolute, out _) ? uri
            : page.Settings.RepositoryUrl is { Length: > 0 } repository ? $"{repository.TrimEnd('/')}/{uri.TrimStart('/')}"
            : null;
        return whole is null ? null : Safe(uri.StartsWith('?') || whole.EndsWith('=') ? whole + path : $"{whole.TrimEnd('/')}/{path}");
    }

    /// <summary>Code hosts differ in one word between seeing and editing.</summary>
    private static string? Known(string? view) =>
        view is null || !Uri.TryCreate(view, UriKind.Absolute, out var address) ? null
        : view.Split("/-/blob/", 2) is [var repository, var file] ? $"{repository}/-/edit/{file}"
        : address.Host == "github.com" && address.AbsolutePath.Split('/', 5) is [_, var owner, var name, "blob", var rest] ? $"{address.GetLeftPart(UriPartial.Authority)}/{owner}/{name}/edit/{rest}"
        : null;

    /// <summary>The entity's own file is in the same folder for many: beside it is where the page is.</summary>
    private static string? Annotated(OpenDocs docs, SitePage page) =>
        docs.Entity.Annotation(Edit) is { } edit && edit.LastIndexOf('/') is > 8 and var slash && docs.Place is { } place && SitePath.IsBelow(page.File.Source, place.Folder)
            ? Safe($"{edit[..slash]}/{SitePath.From(place.Folder, page.File.Source)}")
            : null;

    private static string? Safe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var known) && known.Scheme is "https" or "http" ? address : null;
}
