using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;

namespace Stagedoor.Docs.Pages.Reader;

/// <summary>What is meant by an address below a site, in any of the forms in which pages of MkDocs are linked to.</summary>
internal static class SiteAddresses
{
    private const int MostNear = 6;

    private static readonly string[] Endings = [".md", ".html", ".markdown"];

    private static readonly string[] Indexes = ["index", "README"];

    /// <summary>The page that is meant.</summary>
    public static SitePage? Meant(Site site, string path)
    {
        var asked = path.Trim('/');
        return site.Find(asked) ?? site.AtPath(asked) ?? site.Find(Plain(asked));
    }

    /// <summary>Where a page that has moved is now.</summary>
    public static string? Moved(Site site, string path, DocsBase at)
    {
        var plain = Plain(path.Trim('/'));
        foreach (var former in new[] { path.Trim('/'), plain, $"{plain}.md", plain.Length == 0 ? "index.md" : $"{plain}/index.md", $"{plain}/README.md" })
        {
            if (!site.Redirects.TryGetValue(former, out var target)) continue;
            if (Uri.TryCreate(target, UriKind.Absolute, out var elsewhere) && elsewhere.Scheme is "https" or "http") return elsewhere.AbsoluteUri;
            var (page, anchor) = target.IndexOf('#', StringComparison.Ordinal) is >= 0 and var sign ? (target[..sign], target[(sign + 1)..]) : (target, null);
            if (Meant(site, page) is { } now) return at.Page(now.Address, anchor is null ? null : Uri.EscapeDataString(anchor));
        }

        return null;
    }

    /// <summary>Pages whose names are like the one that was asked for.</summary>
    public static IReadOnlyList<SitePage> Near(Site site, string path)
    {
        var asked = Letters(Plain(path.Trim('/')).Split('/')[^1]);
        if (asked.Length == 0) return [];
        return
        [
            .. site.Pages.Select(page => (Page: page, Distance: Distance(asked, Letters(page.Address.Split('/')[^1]))))
                .Where(one => one.Distance <= Math.Max(2, asked.Length / 3))
                .OrderBy(one => one.Distance)
                .Take(MostNear)
                .Select(one => one.Page),
        ];
    }

    private static string Plain(string path)
    {
        foreach (var ending in Endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                path = path[..^ending.Length];
                break;
            }
        }

        foreach (var index in Indexes)
        {
            if (path.Equals(index, StringComparison.OrdinalIgnoreCase)) return "";
            if (path.EndsWith("/" + index, StringComparison.OrdinalIgnoreCase)) return path[..^(index.Length + 1)];
        }

        return path;
    }

    private static string Letters(string name)
    {
        var letters = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.Length > 60 ? letters[..60] : letters;
    }

    /// <summary>How many letters differ; none where one begins with the other.</summary>
    private static int Distance(string asked, string name)
    {
        if (name.Length == 0) return int.MaxValue;
        if (asked.Length > 2 && (name.Contains(asked, StringComparison.Ordinal) || (name.Length > 2 && asked.Contains(name, StringComparison.Ordinal)))) return 1;
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= asked.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (asked[i - 1] == name[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
