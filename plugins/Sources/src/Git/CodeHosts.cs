using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Git;

/// <summary>Knows how code hosts write the addresses of files, and of their plain content.</summary>
internal sealed class CodeHosts(HostRules rules)
{
    private static readonly Dictionary<string, CodeHostKind> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        ["github.com"] = CodeHostKind.GitHub,
        ["gitlab.com"] = CodeHostKind.GitLab,
        ["bitbucket.org"] = CodeHostKind.BitbucketCloud,
        ["dev.azure.com"] = CodeHostKind.AzureDevOps,
        ["codeberg.org"] = CodeHostKind.Gitea,
        ["gitea.com"] = CodeHostKind.Gitea,
    };

    public CodeHostKind KindOf(Uri address)
    {
        var configured = rules.Find(address)?.Kind ?? CodeHostKind.Auto;
        return configured != CodeHostKind.Auto ? configured
            : WellKnown.TryGetValue(address.Host, out var known) ? known
            : address.Host.Split('.')[0] switch
            {
                "github" => CodeHostKind.GitHub,
                "gitlab" => CodeHostKind.GitLab,
                "bitbucket" => CodeHostKind.BitbucketServer,
                "gitea" or "forgejo" => CodeHostKind.Gitea,
                _ => CodeHostKind.Plain,
            };
    }

    public RepositoryFile? Locate(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            return null;
        }

        if (address.Host.Equals("raw.githubusercontent.com", StringComparison.OrdinalIgnoreCase))
        {
            return Segments(address) switch
            {
                [var owner, var name, "refs", "heads" or "tags", var reference, .. var rest] => File("https://github.com", $"{owner}/{name}", reference, rest),
                [var owner, var name, var reference, .. var rest] => File("https://github.com", $"{owner}/{name}", reference, rest),
                _ => null,
            };
        }

        var root = address.GetLeftPart(UriPartial.Authority);
        return KindOf(address) switch
        {
            CodeHostKind.GitHub => Segments(address) is [var owner, var name, "blob" or "tree" or "raw" or "edit", var reference, .. var rest]
                ? File(root, $"{owner}/{name}", reference, rest) : null,
            CodeHostKind.GitLab => GitLab(address, root),
            CodeHostKind.BitbucketCloud => Segments(address) is [var space, var name, "src" or "raw", var reference, .. var rest]
                ? File(root, $"{space}/{name}", reference, rest) : null,
            CodeHostKind.BitbucketServer => BitbucketServer(address, root),
            CodeHostKind.AzureDevOps => AzureDevOps(address, root),
            CodeHostKind.Gitea => Segments(address) is [var owner, var name, "src" or "raw" or "media", "branch" or "tag" or "commit", var reference, .. var rest]
                ? File(root, $"{owner}/{name}", reference, rest) : null,
            _ => null,
        };
    }

    /// <summary>The address at which the code host shows a file; nothing if its form is not known.</summary>
    public string? AddressOf(RepositoryFile file)
    {
        if (!TrySplit(file.Repository, out var root, out var name, out var kind))
        {
            return null;
        }

        var path = RepositoryPlaces.Escape(file.Path);
        var at = file.Reference is { } reference ? Uri.EscapeDataString(reference).Replace("%2F", "/", StringComparison.Ordinal) : "HEAD";
        return kind switch
        {
            CodeHostKind.GitHub => $"{root}/{name}/tree/{at}/{path}",
            CodeHostKind.GitLab => $"{root}/{name}/-/blob/{at}/{path}",
            CodeHostKind.BitbucketCloud => $"{root}/{name}/src/{at}/{path}",
            CodeHostKind.BitbucketServer => ServerName(name) is { } server ? $"{root}/{server}/browse/{path}?at={at}" : null,
            CodeHostKind.AzureDevOps => file.Reference is null ? $"{root}/{name}?path=/{path}" : $"{root}/{name}?path=/{path}&version=GB{at}",
            CodeHostKind.Gitea => $"{root}/{name}/src/{(file.Reference is { } sha && Shas.IsWhole(sha) ? "commit" : "branch")}/{at}/{path}",
            _ => null,
        };
    }

    public Uri? RawOf(RepositoryFile file)
    {
        if (!TrySplit(file.Repository, out var root, out var name, out var kind))
        {
            return null;
        }

        var at = RepositoryPlaces.Escape(file.Reference ?? "HEAD");
        var path = RepositoryPlaces.Escape(file.Path);
        return kind switch
        {
            CodeHostKind.GitHub when root == "https://github.com" => new Uri($"https://raw.githubusercontent.com/{name}/{at}/{path}"),
            CodeHostKind.GitHub => new Uri($"{root}/{name}/raw/{at}/{path}"),
            CodeHostKind.GitLab => new Uri($"{root}/{name}/-/raw/{at}/{path}"),
            CodeHostKind.BitbucketCloud => new Uri($"{root}/{name}/raw/{at}/{path}"),
            CodeHostKind.BitbucketServer => ServerName(name) is { } server ? new Uri($"{root}/{server}/raw/{path}?at={at}") : null,
            CodeHostKind.Gitea => new Uri($"{root}/{name}/raw/branch/{at}/{path}"),
            _ => null,
        };
    }

    private bool TrySplit(RepositoryAddress repository, out string root, out string name, out CodeHostKind kind)
    {
        var address = new Uri(repository.Url);
        root = "";
        name = "";
        kind = CodeHostKind.Plain;
        if (address.Scheme is not ("http" or "https"))
        {
            return false;
        }

        root = address.GetLeftPart(UriPartial.Authority);
        name = address.AbsolutePath.Trim('/');
        name = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        kind = KindOf(address);
        return true;
    }

    private static RepositoryFile? GitLab(Uri address, string root)
    {
        var segments = Segments(address);
        var dash = Array.IndexOf(segments, "-");
        return dash >= 2 && segments[(dash + 1)..] is ["blob" or "tree" or "raw" or "edit", var reference, .. var rest]
            ? File(root, string.Join('/', segments[..dash]), reference, rest)
            : null;
    }

    private static RepositoryFile? BitbucketServer(Uri address, string root) => Segments(address) switch
    {
        ["projects", var project, "repos", var name, "browse" or "raw", .. var rest] => File(root, $"scm/{project}/{name}", Parameter(address, "at"), rest),
        ["users", var user, "repos", var name, "browse" or "raw", .. var rest] => File(root, $"scm/~{user}/{name}", Parameter(address, "at"), rest),
        _ => null,
    };

    private static RepositoryFile? AzureDevOps(Uri address, string root)
    {
        var version = Parameter(address, "version");
        return Segments(address) is [var company, var project, "_git", var name] && Parameter(address, "path") is { } path
            && (version is null || (version.Length > 2 && version.StartsWith('G')))
            ? new RepositoryFile(
                RepositoryUrls.Parse($"{root}/{Uri.EscapeDataString(company)}/{Uri.EscapeDataString(project)}/_git/{Uri.EscapeDataString(name)}"),
                version?[2..], path.Trim('/'))
            : null;
    }

    private static string? ServerName(string name) => name.Split('/') switch
    {
        ["scm", ['~', .. var user], var repository] => $"users/{user}/repos/{repository}",
        ["scm", var project, var repository] => $"projects/{project}/repos/{repository}",
        _ => null,
    };

    private static RepositoryFile? File(string root, string name, string? reference, string[] path)
    {
        reference = reference?.Replace("refs/heads/", "", StringComparison.Ordinal).Replace("refs/tags/", "", StringComparison.Ordinal);
        return (reference is null || Shas.IsReference(reference)) && !path.Contains("..") && !name.Contains("..", StringComparison.Ordinal)
            ? new RepositoryFile(RepositoryUrls.Parse($"{root}/{RepositoryPlaces.Escape(name)}.git"), reference == "HEAD" ? null : reference, string.Join('/', path))
            : null;
    }

    private static string? Parameter(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')))
        .FirstOrDefault();

    private static string[] Segments(Uri address) =>
        [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
}
