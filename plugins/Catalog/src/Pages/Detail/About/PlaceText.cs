namespace Stagedoor.Catalog.Pages.Detail.About;

/// <summary>A place as people read it: what was read, which branch of it, and the path in it.</summary>
internal sealed record PlaceText(string Name, string? Branch, string? Path)
{
    /// <summary>Reads a location reference such as <c>git:https://host/owner/name.git?ref=main&amp;path=catalog-info.yaml</c>.</summary>
    public static PlaceText Of(string reference)
    {
        var text = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!reference.StartsWith("git:", StringComparison.Ordinal))
        {
            return new PlaceText(text.StartsWith("https://", StringComparison.Ordinal) ? text["https://".Length..] : text, null, null);
        }

        var question = text.IndexOf('?', StringComparison.Ordinal);
        var repository = question < 0 ? text : text[..question];
        var query = question < 0 ? [] : text[(question + 1)..].Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(pairs => pairs.Key, pairs => Uri.UnescapeDataString(pairs.First()[1]), StringComparer.Ordinal);
        return new PlaceText(NameOf(repository), query.GetValueOrDefault("ref"), query.GetValueOrDefault("path"));
    }

    /// <summary>Of a repository on this machine its folder's name is enough.</summary>
    private static string NameOf(string repository)
    {
        var name = repository.EndsWith(".git", StringComparison.Ordinal) ? repository[..^4] : repository;
        return name.StartsWith("file:", StringComparison.Ordinal) ? name[(name.LastIndexOf('/') + 1)..]
            : name.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme ? name[(scheme + 3)..]
            : name;
    }
}
