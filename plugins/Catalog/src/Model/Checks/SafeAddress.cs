using System.Buffers;

namespace Stagedoor.Catalog.Model.Checks;

/// <summary>Addresses that people click on.</summary>
internal static class SafeAddress
{
    /// <summary>What stands in place of an address that would run a script.</summary>
    public const string Instead = "about:blank";

    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    private static readonly string[] Scripts = ["javascript:", "vbscript:", "data:"];

    /// <summary>Browsers skip white space and control characters before and inside a scheme.</summary>
    public static bool IsScript(string address)
    {
        if (address.Length == 0 || address[0] is 'h' or '/' or '.')
        {
            return false;
        }

        var plain = string.Concat(address.TakeWhile(letter => letter != '/').Where(letter => letter > ' '));
        return Array.Exists(Scripts, scheme => plain.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
    }

    /// <param name="address">Nothing, if it has a form of its own, such as <c>slack://channel?id=1</c>.</param>
    public static bool IsAbsolute(string text, out Uri? address)
    {
        address = null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0]) || text.AsSpan(0, colon).ContainsAnyExcept(SchemeLetters))
        {
            return false;
        }

        var isParsed = Uri.TryCreate(text, UriKind.Absolute, out address);
        return isParsed || !(text.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
    }
}
