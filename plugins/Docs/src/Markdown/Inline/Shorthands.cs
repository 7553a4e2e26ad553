using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>People, repositories, issues and commits of a code host by their short forms: @user, user/repo#1, #1, a hash.</summary>
internal sealed class Shorthands(MagicLinkOptions options, Shorthands.Form form) : IInlineRule
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Repository = @"[-._a-zA-Z\d]{0,99}[a-zA-Z\d]";
    private const string Commits = @"(?<commit>[a-f\d]{40})(\.{3}(?<compare>[a-f\d]{40}))?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly FrozenDictionary<string, Host> Hosts = new[]
    {
        new Host("github", "GitHub", "https://github.com", @"[a-zA-Z\d](?:[-a-zA-Z\d_]{0,37}[a-zA-Z\d])?", "pull", "commit/{0}", "compare/{0}...{1}", 7),
        new Host("gitlab", "GitLab", "https://gitlab.com", @"[.a-zA-Z\d_](?:[-a-zA-Z\d_.]{0,37}[-a-zA-Z\d_])?", "merge_requests", "commit/{0}", "compare/{0}...{1}", 8),
        new Host("bitbucket", "Bitbucket", "https://bitbucket.org", @"[-a-zA-Z\d_]{1,39}", "pull-requests", "commits/commit/{0}", "branches/commits/{0}..{1}#diff", 7),
    }.ToFrozenDictionary(host => host.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Host, Form Form), Regex> Patterns = Hosts.Values
        .SelectMany(host => Enum.GetValues<Form>().Select(form => ((host.Name, form), PatternOf(host, form))))
        .ToFrozenDictionary(entry => entry.Item1, entry => entry.Item2);

    private readonly Host own = Hosts.GetValueOrDefault(options.Provider) ?? Hosts["github"];

    internal enum Form
    {
        Repository,
        Person,
        Reference,
        OwnReference,
    }

    public bool InLinks => false;

    public bool MayMatch(string text) => text.AsSpan().IndexOfAny('@', '#', '!') >= 0 || text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var match = Patterns[(own.Name, form)].Match(text, from); match.Success; match = match.NextMatch())
        {
            var host = match.Groups["host"].Success ? Hosts[match.Groups["host"].Value] : own;
            var user = match.Groups["user"].Success ? match.Groups["user"].Value : options.User;
            var repository = match.Groups["repo"].Success ? match.Groups["repo"].Value : options.Repository;
            if (user.Length == 0 || (repository.Length == 0 && form != Form.Person)) continue;
            return new(match.Index, match.Index + match.Length, Element(host, user, repository, match));
        }

        return null;
    }

    private static Regex PatternOf(Host host, Form form)
    {
        var outside = string.Join('|', Hosts.Values.Select(other => $@"(?<host>{other.Name}):(?<user>{other.User})"));
        var user = $"({outside}|(?<user>{host.User}))";
        return new Regex(form switch
        {
            Form.Repository => $@"(?<![a-zA-Z])@{user}\b/(?<repo>{Repository})\b",
            Form.Person => $@"(?<![a-zA-Z])@{user}\b",
            Form.Reference => $@"(?<![@/])((\b(?<user>{host.User})|@({outside}))/)?(?<repo>\b{Repository})((?<issue>[#!][1-9][0-9]*)|@{Commits})\b",
            _ => $@"((?<![a-zA-Z])(?<issue>[#!][1-9][0-9]*)|(?<![@/])\b{Commits})\b",
        }, Plain, Patience);
    }

    private Node Element(Host host, string user, string repository, Match match)
    {
        var repo = $"{host.Address}/{user}/{repository}";
        var isOwnUser = user == options.User && host == own;
        var before = !isOwnUser ? $"{user}/{repository}" : repository != options.Repository ? repository : "";
        var issue = match.Groups["issue"].Value;
        if (form == Form.Person) return Link($"{host.Address}/{user}", "mention", $"User: {user}", "@" + user);
        if (form == Form.Repository) return Link(repo, "repository", $"Repository: {user}/{repository}", $"{user}/{repository}");
        if (issue.StartsWith('#')) return Link($"{repo}/issues/{issue[1..]}", "issue", $"Issue: {user}/{repository} {issue}", before + issue);
        if (issue.Length > 0) return Link($"{repo}/{host.Pull}/{issue[1..]}", "pull", $"Pull Request: {user}/{repository} #{issue[1..]}", before + issue);

        var commit = match.Groups["commit"].Value;
        var compared = match.Groups["compare"].Value;
        var at = before.Length > 0 ? before + "@" : "";
        var hash = commit[..host.Hash];
        return compared.Length == 0
            ? Link($"{repo}/{host.Commit.Replace("{0}", commit, StringComparison.Ordinal)}", "commit", $"Commit: {user}/{repository}@{hash}", at + hash)
            : Link(
                $"{repo}/{host.Compare.Replace("{0}", commit, StringComparison.Ordinal).Replace("{1}", compared, StringComparison.Ordinal)}",
                "compare",
                $"Compare: {user}/{repository}@{hash}...{compared[..host.Hash]}",
                $"{at}{hash}...{compared[..host.Hash]}");

        Node Link(string address, string kind, string title, string text) => new Node("a")
            .Set("href", address).Set("class", $"magiclink magiclink-{host.Name} magiclink-{kind}").Set("title", $"{host.Title} {title}").Final(text);
    }

    private sealed record Host(string Name, string Title, string Address, string User, string Pull, string Commit, string Compare, int Hash);
}
