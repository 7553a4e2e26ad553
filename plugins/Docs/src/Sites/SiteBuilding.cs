using Stagedoor.Docs.Places;
using Stagedoor.Docs.Sites.Files;
using Stagedoor.Docs.Sites.MkDocs;
using Stagedoor.Docs.Yaml;
using YamlDotNet.RepresentationModel;

namespace Stagedoor.Docs.Sites;

/// <summary>Arranges the files of a place to a site. Nothing is rendered for that.</summary>
internal sealed class SiteBuilding(ISiteFiles files, DocsPlace place, string name)
{
    private const int MostSites = 500;
    private const int MostProblems = 200;
    private const int DeepestFolder = 40;
    private const int LongestSettings = 1024 * 1024;

    /// <summary>Of a longer page the file's name is title enough.</summary>
    private const int LongestWithTitle = 2 * 1024 * 1024;
    private const string DecisionsPrefix = "decisions";

    private readonly List<SiteProblem> _problems = [];
    private readonly List<Mount> _mounts = [];
    private readonly Dictionary<string, FolderWish> _wishes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Configuration, string Target), List<Mount>> _included = [];
    private readonly NavBudget _budget = new(ISiteFiles.Most);

    /// <summary>An alias may stand for very much very often.</summary>
    private int _looked;

    public async Task<Site> Build(CancellationToken cancellationToken)
    {
        var root = await Root(cancellationToken);
        await Include(root, [root.Configuration?.Path ?? ""], cancellationToken);
        var decisions = await Decisions(root, cancellationToken);
        await ReadWishes(cancellationToken);

        List<NavDraft> drafts = [.. NavOf(root)];
        if (decisions is not null)
        {
            drafts.Add(NavDraft.Section("Decisions", NavOf(decisions)));
        }

        return await Arrange(root, drafts, cancellationToken);
    }

    private async Task<Mount> Root(CancellationToken cancellationToken)
    {
        foreach (var file in MkDocsFile.Names)
        {
            if (await files.Find(SitePath.Under(place.Folder, file), cancellationToken) is { Kind: SiteFileKind.File } found)
            {
                return await Configuration(found.Source, [], cancellationToken) is { } configuration
                    ? await MountOf("", configuration, cancellationToken)
                    : await Plain(cancellationToken);
            }
        }

        return await Plain(cancellationToken);
    }

    /// <summary>A folder without a mkdocs.yml, or whose mkdocs.yml cannot be read.</summary>
    private async Task<Mount> Plain(CancellationToken cancellationToken)
    {
        var inner = SitePath.Under(place.Folder, "docs");
        var pages = await Below("", inner, cancellationToken);
        var folder = inner;
        if (!pages.Keys.Any(SitePath.IsMarkdown))
        {
            // Nobody has said that what lies around it is for readers, too.
            pages = (await Below("", place.Folder, cancellationToken)).Where(file => SitePath.IsMarkdown(file.Key) || IsShown(file.Key)).ToDictionary(StringComparer.Ordinal);
            folder = place.Folder;
        }
        else if (!pages.Keys.Any(path => FolderNav.IsIndex(path) && !path.Contains('/', StringComparison.Ordinal))
            && await files.Find(SitePath.Under(place.Folder, "README.md"), cancellationToken) is { Kind: SiteFileKind.File } readme)
        {
            pages["README.md"] = readme;
        }

        return Keep(new Mount("", new SiteSettings { Name = name, PagesFolder = folder, Folder = place.Folder, SnippetFolders = [place.Folder, folder] }, null, pages));
    }

    private static bool IsShown(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" or ".avif" or ".svg" or ".mp4" or ".webm" or ".pdf";

    private async Task<Mount?> Decisions(Mount root, CancellationToken cancellationToken)
    {
        if (place.Decisions is not { } folder || SitePath.IsBelow(folder, root.Settings.PagesFolder) || folder == root.Settings.PagesFolder)
        {
            return null;
        }

        var pages = await Below(DecisionsPrefix, folder, cancellationToken);
        return pages.Keys.Any(SitePath.IsMarkdown)
            ? Keep(new Mount(DecisionsPrefix, root.Settings with { PagesFolder = folder, EditUri = null }, null, pages))
            : null;
    }

    private async Task<Mount> MountOf(string prefix, MkDocsFile configuration, CancellationToken cancellationToken)
    {
        var folder = SitePath.FolderOf(configuration.Path);
        var pagesFolder = SitePath.Combine(folder, configuration.DocsFolder);
        if (pagesFolder is null || (pagesFolder != folder && !SitePath.IsBelow(pagesFolder, folder)))
        {
            _problems.Add(new SiteProblem(configuration.Path, null, $"docs_dir is '{configuration.DocsFolder}', which leads out of the folder of this file. Its folder docs is shown instead."));
            pagesFolder = SitePath.Under(folder, "docs");
        }

        var settings = new SiteSettings
        {
            Name = configuration.SiteName ?? name,
            Description = configuration.Description,
            RepositoryUrl = configuration.RepositoryUrl,
            EditUri = configuration.EditUri,
            Extensions = configuration.Extensions,
            Features = configuration.Features,
            Folder = folder,
            PagesFolder = pagesFolder,
            SnippetFolders = [.. configuration.SnippetFolders.Select(relative => SitePath.Combine(folder, relative)).OfType<string>().Where(path => path == folder || SitePath.IsBelow(path, folder)).Append(pagesFolder).Distinct()],
            AppendedSnippets = configuration.AppendedSnippets,
        };
        var pages = await Below(prefix, pagesFolder, cancellationToken);
        if (pages.Count == 0)
        {
            _problems.Add(new SiteProblem(configuration.Path, null, $"There is nothing in its folder of pages, {(pagesFolder.Length == 0 ? "." : pagesFolder)}."));
        }

        return Keep(new Mount(prefix, settings, configuration, pages));
    }

    private async Task<Dictionary<string, SiteFile>> Below(string prefix, string folder, CancellationToken cancellationToken)
    {
        var below = new Dictionary<string, SiteFile>(StringComparer.Ordinal);
        var all = await files.Below(folder, cancellationToken);
        foreach (var file in all)
        {
            var path = SitePath.From(folder, file.Source);
            if (!IsHidden(path) && path.Count(c => c == '/') < DeepestFolder)
            {
                below[SitePath.Under(prefix, path)] = file;
            }
        }

        if (all.Count >= ISiteFiles.Most)
        {
            _problems.Add(new SiteProblem(folder, null, $"There are more than {ISiteFiles.Most:N0} files in this folder. The first ones are shown."));
        }

        return below;
    }

    private static bool IsHidden(string path) =>
        (SitePath.IsHidden(path) && (SitePath.NameOf(path) != FolderWish.FileName || SitePath.IsHidden(SitePath.FolderOf(path)))) || path.StartsWith("node_modules/", StringComparison.Ordinal) || path.Contains("/node_modules/", StringComparison.Ordinal);

    private Mount Keep(Mount mount)
    {
        _mounts.Add(mount);
        return mount;
    }

    /// <param name="children">The files that inherit from this one.</param>
    private async Task<MkDocsFile?> Configuration(string path, IReadOnlyList<string> children, CancellationToken cancellationToken)
    {
        if (await files.Find(path, cancellationToken) is not { Size: <= LongestSettings } file || await files.Read(file, cancellationToken) is not { } content)
        {
            _problems.Add(new SiteProblem(path, null, "This file is not there, or too large."));
            return null;
        }

        try
        {
            var map = YamlFile.Read(PageText.Of(content).Text);
            MkDocsFile? parent = null;
            if (map?.Text("INHERIT") is { } inherited)
            {
                if (SitePath.Combine(SitePath.FolderOf(path), inherited) is { } above && !children.Contains(above) && above != path && children.Count < 5 && !SitePath.IsHidden(above))
                {
                    parent = await Configuration(above, [.. children, path], cancellationToken);
                }
                else
                {
                    _problems.Add(new SiteProblem(path, null, $"It inherits from '{inherited}', which leads in a circle or out of the repository."));
                }
            }

            return MkDocsFile.Read(path, map ?? [], parent);
        }
        catch (YamlFault fault)
        {
            _problems.Add(new SiteProblem(path, fault.Line, fault.Message));
            return null;
        }
    }

    /// <summary>Finds the sites that a navigation includes, and those that they include.</summary>
    private async Task Include(Mount mount, IReadOnlyList<string> above, CancellationToken cancellationToken)
    {
        if (mount.Configuration is not { Navigation: { } navigation } configuration)
        {
            return;
        }

        foreach (var (target, line) in Inclusions(navigation, 0).DistinctBy(found => found.Target).Take(MostSites - _included.Count).ToList())
        {
            var found = _included[(configuration.Path, target)] = [];
            foreach (var path in await Included(configuration, target, line, cancellationToken))
            {
                if (above.Contains(path) || _mounts.Count >= MostSites)
                {
                    _problems.Add(new SiteProblem(configuration.Path, line, above.Contains(path) ? $"'{target}' leads in a circle." : $"A site includes at most {MostSites} others."));
                }
                else if (await Configuration(path, [], cancellationToken) is { } inner)
                {
                    var prefix = SitePath.Under(mount.Prefix, PrefixOf(inner));
                    if (_mounts.Exists(other => other.Prefix == prefix))
                    {
                        _problems.Add(new SiteProblem(path, null, $"Another site that is included is called '{inner.SiteName}', too. Give each its own site_name."));
                        continue;
                    }

                    var included = await MountOf(prefix, inner, cancellationToken);
                    found.Add(included);
                    await Include(included, [.. above, path], cancellationToken);
                }
            }
        }
    }

    private IEnumerable<(string Target, int Line)> Inclusions(YamlNode node, int depth) => node switch
    {
        _ when depth > 20 || ++_looked > ISiteFiles.Most => [],
        YamlScalarNode { Tag: { IsEmpty: false, IsNonSpecific: false, Value: "!include" } } scalar => [($"!include {scalar.Value}", (int)scalar.Start.Line)],
        YamlScalarNode { Value: { } text } scalar when NavReading.IsInclusion(text) => [(text, (int)scalar.Start.Line)],
        YamlSequenceNode list => list.Children.SelectMany(child => Inclusions(child, depth + 1)),
        YamlMappingNode map => map.Children.SelectMany(pair => Inclusions(pair.Value, depth + 1)),
        _ => [],
    };

    private async Task<IReadOnlyList<string>> Included(MkDocsFile configuration, string target, int line, CancellationToken cancellationToken)
    {
        var folder = SitePath.FolderOf(configuration.Path);
        var pattern = SitePath.Combine(folder, target[(target.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim());
        if (pattern is null || (folder.Length > 0 && !SitePath.IsBelow(pattern, folder)))
        {
            _problems.Add(new SiteProblem(configuration.Path, line, $"'{target}' leads out of the folder of this file."));
            return [];
        }

        if (!pattern.Contains('*', StringComparison.Ordinal))
        {
            if (await files.Find(pattern, cancellationToken) is { Kind: SiteFileKind.File })
            {
                return [pattern];
            }

            _problems.Add(new SiteProblem(configuration.Path, line, $"'{target}': there is no such file."));
            return [];
        }

        var fixedPart = SitePath.FolderOf(pattern[..pattern.IndexOf('*', StringComparison.Ordinal)]);
        var found = (await files.Below(fixedPart, cancellationToken)).Select(file => file.Source).Where(path => SitePattern.IsMatch(pattern, path)).Order(StringComparer.Ordinal).ToList();
        if (found.Count == 0)
        {
            _problems.Add(new SiteProblem(configuration.Path, line, $"'{target}': no file is called so."));
        }

        return found;
    }

    private static string PrefixOf(MkDocsFile inner)
    {
        var words = inner.SiteName ?? SitePath.NameOf(SitePath.FolderOf(inner.Path));
        return string.Join('/', words.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Slug)) is { Length: > 0 } prefix ? prefix : "included";

        static string Slug(string text) => string.Concat(text.Trim().ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
    }

    private async Task ReadWishes(CancellationToken cancellationToken)
    {
        var wished = _mounts.SelectMany(mount => mount.Files).Where(file => SitePath.NameOf(file.Key) == FolderWish.FileName && file.Value.Kind == SiteFileKind.File).ToList();
        var next = 0;
        await foreach (var content in files.ReadMany([.. wished.Select(file => file.Value)], LongestSettings, cancellationToken))
        {
            var (path, file) = wished[next++];
            try
            {
                if (content is not null && YamlFile.Read(PageText.Of(content).Text) is { } map)
                {
                    _wishes[SitePath.FolderOf(path)] = new FolderWish(file.Source, map);
                }
            }
            catch (YamlFault fault)
            {
                _problems.Add(new SiteProblem(file.Source, fault.Line, fault.Message));
            }
        }
    }

    private IReadOnlyList<NavDraft> NavOf(Mount mount)
    {
        var folders = new FolderNav(mount, _wishes, _budget, _problems);
        return mount.Configuration is { Navigation: { } navigation } configuration
            ? new NavReading(mount, folders, target => Sections(configuration, target), _budget, _problems).Read(navigation)
            : folders.Of(mount.Prefix);
    }

    private IReadOnlyList<NavDraft>? Sections(MkDocsFile configuration, string target)
    {
        var mounts = _budget.IsSpent ? [] : _included.GetValueOrDefault((configuration.Path, target)) ?? [];
        return target.StartsWith("*include ", StringComparison.Ordinal) ? [.. mounts.Select(mount => NavDraft.Section(mount.Settings.Name, NavOf(mount)))]
            : mounts is [var only] ? NavOf(only)
            : null;
    }

    private async Task<Site> Arrange(Mount root, List<NavDraft> drafts, CancellationToken cancellationToken)
    {
        var all = _mounts.SelectMany(mount => mount.Pages.Select(path => (Path: path, Mount: mount))).DistinctBy(page => page.Path).ToDictionary(page => page.Path, page => page.Mount, StringComparer.Ordinal);
        var titles = drafts.SelectMany(draft => draft.All()).Where(draft => draft is { Path: not null, Title: not null })
            .DistinctBy(draft => draft.Path).ToDictionary(draft => draft.Path!, draft => draft.Title!, StringComparer.Ordinal);
        await Ask(all, titles, cancellationToken);

        var listed = drafts.SelectMany(draft => draft.All()).Select(draft => draft.Path).OfType<string>().Where(all.ContainsKey).Distinct().ToList();
        var isListed = listed.ToHashSet(StringComparer.Ordinal);
        var pages = listed.Concat(all.Keys.Where(path => !isListed.Contains(path)).Order(StringComparer.Ordinal))
            .Select(path => new SitePage(path, Mount.AddressOf(path), titles[path], all[path].Files[path], all[path].Settings) { IsListed = isListed.Contains(path) })
            .ToDictionary(page => page.Path, StringComparer.Ordinal);
        var everything = new Dictionary<string, SiteFile>(StringComparer.Ordinal);
        foreach (var (path, file) in _mounts.SelectMany(mount => mount.Files))
        {
            everything.TryAdd(path, file);
        }

        if (pages.Count == 0)
        {
            _problems.Add(new SiteProblem(root.Settings.PagesFolder, null, "There is no Markdown in this folder."));
        }

        var redirects = new FormerPages(pages, _problems).Of(_mounts);
        return new Site(root.Settings, files.Version, [.. pages.Values], [.. drafts.Select(draft => ItemOf(draft, pages, root.Settings)).OfType<NavItem>()], everything)
        {
            Redirects = redirects,
            Problems = [.. _problems.Distinct().Take(MostProblems)],
        };
    }

    /// <summary>Pages that the navigation has no title for are asked for their own.</summary>
    private async Task Ask(Dictionary<string, Mount> all, Dictionary<string, string> titles, CancellationToken cancellationToken)
    {
        var unknown = all.Where(page => !titles.ContainsKey(page.Key)).ToList();
        var next = 0;
        await foreach (var read in files.ReadMany([.. unknown.Select(page => page.Value.Files[page.Key])], LongestWithTitle, cancellationToken))
        {
            var (path, mount) = unknown[next++];
            titles[path] = (read is { } content ? PageTitles.Of(PageText.Of(content).Text) : null)
                ?? (!FolderNav.IsIndex(path) ? FolderNav.TitleOf(Path.GetFileNameWithoutExtension(path))
                    : SitePath.FolderOf(path) is { Length: > 0 } folder && folder != mount.Prefix ? FolderNav.TitleOf(SitePath.NameOf(folder))
                    : mount.Prefix.Length > 0 ? mount.Settings.Name
                    : "Home");
        }
    }

    private static NavItem? ItemOf(NavDraft draft, Dictionary<string, SitePage> pages, SiteSettings settings)
    {
        if (draft.Path is { } path)
        {
            return pages.TryGetValue(path, out var page) ? new NavItem(draft.Title ?? page.Title, page, null, []) : null;
        }

        if (draft.Link is not null)
        {
            return new NavItem(draft.Title ?? draft.Link, null, draft.Link, []);
        }

        List<NavItem> children = [.. draft.Children.Select(child => ItemOf(child, pages, settings)).OfType<NavItem>()];
        return children.Count == 0 ? null
            : settings.Features.Contains("navigation.indexes") && children[0] is { Page: { } index, Children.Count: 0 } && FolderNav.IsIndex(index.Path)
                ? new NavItem(draft.Title ?? index.Title, index, null, [.. children.Skip(1)])
                : new NavItem(draft.Title ?? "", null, null, children);
    }
}
