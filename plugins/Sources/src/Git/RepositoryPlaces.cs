namespace Stagedoor.Sources.Git;

/// <summary>Repositories with a branch and a path in one text: <c>https://host/owner/name.git?ref=main&amp;path=catalog-info.yaml</c>.</summary>
internal static class RepositoryPlaces
{
    public static RepositoryFile Parse(string text)
    {
        var question = text.IndexOf('?', StringComparison.Ordinal);
        var repository = RepositoryUrls.Parse(question < 0 ? text : text[..question]);
        var file = new RepositoryFile(repository, null, "");
        foreach (var pair in question < 0 ? [] : text[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            file = (equals < 0 ? pair : pair[..equals]) switch
            {
                "ref" when Shas.IsReference(value) => file with { Reference = value },
                "ref" => throw new OutboundException($"'{value}' is not the name of a branch, tag or commit.", isPassing: false),
                "path" => file with { Path = value.Trim('/') },
                var other => throw new OutboundException($"'{other}' means nothing after the address of a repository. Write ?ref=branch or &path=folder/catalog-info.yaml.", isPassing: false),
            };
        }

        return file;
    }

    public static string Write(RepositoryFile file)
    {
        string[] parts =
        [
            .. file.Reference is { } reference ? [$"ref={Escape(reference)}"] : Array.Empty<string>(),
            .. file.Path.Length > 0 ? [$"path={Escape(file.Path)}"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? file.Repository.Url : $"{file.Repository.Url}?{string.Join('&', parts)}";
    }

    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
