namespace Stagedoor.Docs.Sites.MkDocs;

/// <summary>Where the former addresses of pages lead now: each to its end at once. Those that lead to each other lead nowhere.</summary>
internal sealed class FormerPages(IReadOnlyDictionary<string, SitePage> pages, List<SiteProblem> problems)
{
    /// <returns>The path of a page or an address elsewhere, by former address.</returns>
    public IReadOnlyDictionary<string, string> Of(IEnumerable<Mount> mounts)
    {
        var written = new Dictionary<string, (string To, MkDocsFile By)>(StringComparer.OrdinalIgnoreCase);
        foreach (var mount in mounts)
        {
            foreach (var (from, to) in mount.Configuration?.Redirects ?? new Dictionary<string, string>())
            {
                if (mount.PathOf(from) is { } path && SitePath.IsMarkdown(path) && !pages.ContainsKey(path))
                {
                    written.TryAdd(Mount.AddressOf(path), (NavReading.IsElsewhere(to) ? to : mount.PathOf(to.Split('#')[0]) ?? "", mount.Configuration!));
                }
            }
        }

        var ends = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (from, (first, by)) in written)
        {
            var to = first;
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { from };
            while (SitePath.IsMarkdown(to) && !pages.ContainsKey(to) && written.TryGetValue(Mount.AddressOf(to), out var further) && seen.Add(Mount.AddressOf(to)))
            {
                to = further.To;
            }

            if (NavReading.IsElsewhere(to) || pages.ContainsKey(to))
            {
                ends[from] = to;
            }
            else
            {
                problems.Add(new SiteProblem(by.Path, null, $"The redirect of '{from}' leads to no page."));
            }
        }

        return ends;
    }
}
