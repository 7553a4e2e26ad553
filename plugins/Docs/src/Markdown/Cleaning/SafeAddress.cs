namespace Stagedoor.Docs.Markdown.Cleaning;

/// <summary>Addresses that lead somewhere and do nothing else.</summary>
internal static class SafeAddress
{
    private const int MaxLength = 4000;

    /// <summary>The address without what browsers skip in one. Nothing: it has a scheme that is not for this use.</summary>
    public static string? Of(string address, AddressKind kind)
    {
        var plain = Plain(address);
        if (plain.Length > MaxLength) return null;
        return SchemeOf(plain) switch
        {
            null or "http" or "https" => plain,
            "mailto" when kind == AddressKind.Link => plain,
            _ => null,
        };
    }

    public static bool IsExternal(string address) =>
        SchemeOf(address) is "http" or "https" || address.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Browsers skip control characters within an address, and read a backslash as a slash.</summary>
    public static string Plain(string address) =>
        string.Concat(address.Where(letter => letter >= ' ' && letter != '\u007f')).Trim().Replace('\\', '/');

    public static string? SchemeOf(string address)
    {
        var end = address.AsSpan().IndexOfAny(":/?#");
        return end < 0 || address[end] != ':' ? null : address[..end].ToLowerInvariant();
    }
}
