using Stagedoor.Docs.Markdown;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Docs.Sites.MkDocs;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Rendering;

/// <summary>Finds where the links and images of a page lead, and remembers what it found.</summary>
/// <param name="outside">Where a code host shows a file of the repository that is not of the site; nothing if that is not known.</param>
internal sealed class PageLinks(Site site, SitePage page, DocsBase at, Func<string, string?> outside)
{
    private readonly List<PageLink> _found = [];

    public IReadOnlyList<PageLink> Found => _found;

    /// <summary>The address to write; nothing if there is nowhere to lead to.</summary>
    public string? Lead(FoundAddress found)
    {
        var written = found.Address.Trim();
        if (written.Length == 0 || written.StartsWith("//", StringComparison.Ordinal))
        {
            return found.Address;
        }

        if (written[0] == '#')
        {
            _found.Add(new PageLink(written, found.Kind, null, page.Path, written[1..]));
            return found.Address;
        }

        if (SchemeOf(written) is { } scheme)
        {
            return scheme switch
            {
                "entity" => ToEntity(found, written["entity:".Length..]),
                "docs" => ToDocs(found, written["docs:".Length..]),
                _ => found.Address,
            };
        }

        var (path, anchor) = Split(written);
        if (written[0] == '/')
        {
            return ToTop(found, path, anchor);
        }

        var places = new[] { SitePath.Combine(SitePath.FolderOf(page.Path), path), SitePath.Combine(page.Address, path) };
        foreach (var place in places.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (ToPlace(found, place, anchor) is { } address)
            {
                return address;
            }
        }

        return SitePath.Combine(SitePath.FolderOf(page.File.Source), path) is { Length: > 0 } source && !SitePath.IsBelow(source, page.Settings.PagesFolder) && outside(source) is { } elsewhere
            ? elsewhere
            : Nowhere(found, $"There is no '{path}' in this site.");
    }

    private string? ToPlace(FoundAddress found, string place, string? anchor)
    {
        if (site.Files.TryGetValue(place, out var file) && file.Kind == SiteFileKind.File)
        {
            if (site.AtPath(place) is { } other)
            {
                return ToPage(found, other, anchor);
            }

            _found.Add(new PageLink(found.Address, found.Kind, null, place, null));
            return at.File(place);
        }

        // As the built site has its pages: a folder each, or a file of HTML each.
        var address = place.EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? place[..^".html".Length] : place;
        address = address.EndsWith("/index", StringComparison.OrdinalIgnoreCase) ? address[..^"/index".Length] : address == "index" ? "" : address;
        if (site.Find(address) is { } page)
        {
            return ToPage(found, page, anchor);
        }

        return site.Redirects.TryGetValue(address, out var target) || (SitePath.IsMarkdown(place) && site.Redirects.TryGetValue(Mount.AddressOf(place), out target))
            ? NavReading.IsElsewhere(target) ? target : site.AtPath(target) is { } moved ? ToPage(found, moved, anchor) : null
            : null;
    }

    private string ToPage(FoundAddress found, SitePage other, string? anchor)
    {
        _found.Add(new PageLink(found.Address, found.Kind, null, other.Path, anchor));
        return at.Page(other.Address, anchor);
    }

    /// <summary>From the top of the site, if there is such a page; otherwise from the top of the portal.</summary>
    private string? ToTop(FoundAddress found, string path, string? anchor)
    {
        var inSite = path.Trim('/');
        if (inSite.Length > 0 && ToPlace(found, inSite, anchor) is { } address)
        {
            return address;
        }

        return IsOfPortal(path) ? found.Address : Nowhere(found, $"'{path}' begins at the top of a server, and this site has no such page. Write it relative to this page.");
    }

    private static bool IsOfPortal(string path) =>
        path is "/" or "/docs" or "/catalog" || path.StartsWith("/docs/", StringComparison.Ordinal) || path.StartsWith("/catalog/", StringComparison.Ordinal)
        || path.StartsWith(DiagramAddresses.Prefix + "/", StringComparison.Ordinal);

    private string? ToEntity(FoundAddress found, string rest)
    {
        var (name, anchor) = Split(rest);
        return TryReference(name, out var entity) ? EntityPages.Of(entity) + (anchor is null ? "" : "#" + anchor)
            : Nowhere(found, $"'{name}' names no entity. Write entity:component/name or entity:component:namespace/name.");
    }

    private string? ToDocs(FoundAddress found, string rest)
    {
        var (name, anchor) = Split(rest);
        return DocsAddress.TryRead(name, out var entity, out var path)
            ? DocsAddress.PageOf(entity, path) + (anchor is null ? "" : "#" + anchor)
            : Nowhere(found, $"'{name}' names no documentation. Write docs:component/name/page.");
    }

    /// <summary>Reads <c>component/name</c> as well as the usual <c>component:namespace/name</c>.</summary>
    private static bool TryReference(string text, out EntityRef entity)
    {
        if (!text.Contains(':', StringComparison.Ordinal) && text.Split('/') is [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            entity = new EntityRef(kind, EntityRef.DefaultNamespace, name);
            return true;
        }

        return EntityRef.TryParse(text, "component", EntityRef.DefaultNamespace, out entity);
    }

    private string? Nowhere(FoundAddress found, string trouble)
    {
        _found.Add(new PageLink(found.Address, found.Kind, trouble, null, null));
        return null;
    }

    private static string? SchemeOf(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && address.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0 && char.IsAsciiLetter(address[0]) ? address[..colon].ToLowerInvariant() : null;
    }

    private static readonly System.Buffers.SearchValues<char> SchemeLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static (string Path, string? Anchor) Split(string address)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var path = hash < 0 ? address : address[..hash];
        var question = path.IndexOf('?', StringComparison.Ordinal);
        return (Uri.UnescapeDataString(question < 0 ? path : path[..question]), hash < 0 ? null : address[(hash + 1)..]);
    }
}
