using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Git;

/// <summary>Reads the addresses of repositories in all the forms people write them, and gives each its one form.</summary>
internal static class RepositoryUrls
{
    private static readonly string[] Schemes = ["https", "http", "ssh", "file"];

    /// <exception cref="OutboundException">It is not the address of a repository.</exception>
    public static RepositoryAddress Parse(string text)
    {
        var address = text.Trim();
        if (address.StartsWith('-') || address.Any(char.IsControl))
        {
            throw Wrong(address);
        }

        if (!address.Contains("://", StringComparison.Ordinal) && ScpForm(address) is { } ssh)
        {
            address = ssh;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || uri.AbsolutePath.Length < 2)
        {
            throw Wrong(address);
        }

        if (uri.Scheme == "file")
        {
            return uri.Host.Length == 0
                ? new RepositoryAddress("file://" + Path.TrimEndingDirectorySeparator(Uri.UnescapeDataString(uri.AbsolutePath)))
                : throw new OutboundException($"{address} names the machine {uri.Host}. A folder of this machine is written file:///path.", isPassing: false);
        }

        var user = uri.UserInfo;
        if (user.Contains(':', StringComparison.Ordinal) || (user.Length > 0 && uri.Scheme != "ssh") || user.StartsWith('-') || uri.Host.StartsWith('-'))
        {
            throw new OutboundException($"The address of a repository at {uri.Host} carries credentials. Take them out, and put them into sources.hosts.", isPassing: false);
        }

        var port = uri.IsDefaultPort || uri.Port < 0 || (uri.Scheme == "ssh" && uri.Port == 22) ? "" : $":{uri.Port}";
        return new RepositoryAddress($"{uri.Scheme}://{(user.Length > 0 ? user + "@" : "")}{uri.Host.ToLowerInvariant()}{port}{uri.AbsolutePath.TrimEnd('/')}");
    }

    public static bool IsLocal(RepositoryAddress repository) => repository.Url.StartsWith("file://", StringComparison.Ordinal);

    public static string LocalPath(RepositoryAddress repository) => repository.Url["file://".Length..];

    /// <summary><c>git@host:owner/name.git</c> is short for <c>ssh://git@host/owner/name.git</c>.</summary>
    private static string? ScpForm(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return colon > 0 && (slash < 0 || colon < slash) && text[..colon].Contains('@', StringComparison.Ordinal)
            ? $"ssh://{text[..colon]}/{text[(colon + 1)..].TrimStart('/')}"
            : null;
    }

    private static OutboundException Wrong(string address) => new(
        $"'{Shown(address)}' is not the address of a repository. Write https://host/owner/name.git, ssh://git@host/owner/name.git or file:///folder.", isPassing: false);

    private static string Shown(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? HostRules.Shown(uri) : address;
}
