namespace Stagedoor.Catalog.Model.Completion;

/// <summary>Where a file that is seen at an address of a code host can be edited.</summary>
internal static class EditAddress
{
    private const int CommitLength = 40;

    /// <summary>Nothing, if the address is not of a form that is known, or names a commit, which nobody can edit.</summary>
    public static string? Of(Uri address)
    {
        var url = address.AbsoluteUri;
        if (NamesCommit(url))
        {
            return null;
        }

        if (address.Host is "bitbucket.org" && url.Contains("/src/", StringComparison.Ordinal))
        {
            return $"{url}{(address.Query.Length == 0 ? "?" : "&")}mode=edit";
        }

        return Replace(url, "/-/blob/", "/-/edit/") ?? Replace(url, "/src/branch/", "/_edit/") ?? Replace(url, "/blob/", "/edit/");
    }

    private static string? Replace(string url, string part, string by)
    {
        var at = url.IndexOf(part, StringComparison.Ordinal);
        return at < 0 ? null : string.Concat(url.AsSpan(0, at), by, url.AsSpan(at + part.Length));
    }

    private static bool NamesCommit(string url)
    {
        var length = 0;
        foreach (var letter in url)
        {
            length = char.IsAsciiDigit(letter) || letter is >= 'a' and <= 'f' ? length + 1 : 0;
            if (length >= CommitLength)
            {
                return true;
            }
        }

        return false;
    }
}
