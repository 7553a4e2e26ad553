namespace Stagedoor.Sources.Git;

/// <summary>Turns what git says into what a person can act upon.</summary>
internal static class RemoteFailures
{
    public static OutboundException Explain(RepositoryAddress repository, GitException e)
    {
        var host = new Uri(repository.Url).Authority;
        var said = e.Said;
        if (e.IsTimeout || e.IsTooLarge)
        {
            return new OutboundException($"{repository}: {e.Message}", isPassing: e.IsTimeout, e);
        }

        if (Has(said, "Authentication failed", "could not read Username", "could not read Password", "error: 401", "error: 403", "Permission denied"))
        {
            return new OutboundException(
                $"{host} does not let us read {repository}. See whether sources.hosts has a token for {host} that is valid and may read it.", isPassing: false, e);
        }

        if (Has(said, "error: 404", "error: 410", "not found", "does not appear to be a git repository", "Repository not found"))
        {
            return new OutboundException(
                $"{host} shows us no repository {repository}. Check its address, and whether the token in sources.hosts may see it.", isPassing: false, e);
        }

        if (Has(said, "redirection", "error: 301", "error: 302", "error: 307", "error: 308"))
        {
            return new OutboundException($"{repository} has moved: {host} leads elsewhere, and git does not follow. Name its new address.", isPassing: false, e);
        }

        if (Has(said, "Host key verification failed"))
        {
            return new OutboundException($"The key of {host} is not known here. Add it to the known_hosts of the user {Environment.UserName}.", isPassing: false, e);
        }

        return new OutboundException($"{repository} cannot be fetched now. {e.Message}", isPassing: true, e);
    }

    /// <summary>The host is at fault, rather than this one repository.</summary>
    public static bool IsHosts(GitException e) =>
        e.IsTimeout || Has(e.Said, "Could not resolve", "Failed to connect", "timed out", "Connection reset", "error: 500", "error: 502", "error: 503", "error: 504", "error: 429");

    private static bool Has(string said, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
