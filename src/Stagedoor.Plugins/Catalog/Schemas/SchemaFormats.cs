using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Stagedoor.Plugins;

/// <summary>The formats of text that can be checked. One that is not known is a remark.</summary>
internal static partial class SchemaFormats
{
    public static Func<string, bool>? Find(string name) => name switch
    {
        "date" => IsDate,
        "time" => static text => Time().IsMatch(text),
        "date-time" => static text => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text[..10]) && Time().IsMatch(text[11..]),
        "email" or "idn-email" => static text => MailAddress.TryCreate(text, out var address) && address.Address == text,
        "hostname" => static text => text.Length <= 253 && Host().IsMatch(text),
        "ipv4" => static text => text.Count(letter => letter == '.') == 3 && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text,
        "ipv6" => static text => !text.Contains('%', StringComparison.Ordinal) && !text.StartsWith('[') && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6,
        "uri" => static text => IsPlain(text) && Uri.TryCreate(text, UriKind.Absolute, out _) && Scheme().IsMatch(text),
        "uri-reference" => static text => IsPlain(text) && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        "uuid" => static text => Guid.TryParseExact(text, "D", out _),
        "regex" => IsPattern,
        "json-pointer" => static text => Pointer().IsMatch(text),
        _ => null,
    };

    public static string Describe(string name) => name switch
    {
        "date" => "a date such as 2024-02-29",
        "time" => "a time such as 09:30:00Z",
        "date-time" => "a moment such as 2024-02-29T09:30:00Z",
        "email" or "idn-email" => "an e-mail address",
        "hostname" => "the name of a host",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uri" => "an address with its scheme, such as https://example.org",
        "uri-reference" => "an address or a path",
        "uuid" => "a UUID",
        "regex" => "a regular expression",
        "json-pointer" => "a JSON Pointer such as /spec/owner",
        _ => name,
    };

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsPlain(string text) => !text.Any(letter => letter is <= ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or >= '\x7f');

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new SchemaPattern(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?([zZ]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A(/([^~/]|~[01])*)*\z", RegexOptions.ExplicitCapture, 250)]
    private static partial Regex Pointer();
}
