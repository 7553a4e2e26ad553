using System.Data.Common;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.Configuration;

/// <summary>Knows a secret by its key or its form, and hides it.</summary>
internal static partial class Secrets
{
    public const string Mask = "***";

    /// <summary>Whether the last word of a key says that its value is secret: <c>clientSecret</c>, <c>api-key</c>, but not <c>tokenUrl</c>.</summary>
    public static bool IsSecretKey(string key) => SecretWord().IsMatch(key);

    /// <summary>A secret without its secret: of a connection string or an address all but the password can be told.</summary>
    public static string Hide(string secret)
    {
        var connection = new DbConnectionStringBuilder();
        try
        {
            connection.ConnectionString = secret;
        }
        catch (ArgumentException)
        {
            return Mask;
        }

        if (!connection.ContainsKey("Host") && !connection.ContainsKey("Server"))
        {
            return Mask;
        }

        foreach (var key in connection.Keys.Cast<string>().Where(key => ConnectionSecret().IsMatch(key)).ToList())
        {
            connection[key] = Mask;
        }

        return connection.ConnectionString;
    }

    /// <summary>Text that is not secret as a whole, without passwords that hide in it.</summary>
    public static string HideWithin(string text)
    {
        text = AddressCredentials().Replace(text, "${before}" + Mask + "@");
        return NamedSecret().Replace(text, "${name}" + Mask);
    }

    /// <summary>A line of a file as it may be shown.</summary>
    public static string HideInLine(string line, bool isSecret)
    {
        var match = KeyAndValue().Match(line);
        if (match.Success && (isSecret || IsSecretKey(match.Groups["key"].Value.Trim('"', '\''))))
        {
            return match.Groups["before"].Value + Mask;
        }

        return isSecret && !match.Success ? ListItem().Replace(line, "${before}" + Mask) : HideWithin(line);
    }

    [GeneratedRegex(
        @"(pass(word|wd|phrase)?|pwd|secret|token|credential|(?<!public[-_]?)key|connection[-_]?string)s?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretWord();

    [GeneratedRegex("pass|pwd|secret|token", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConnectionSecret();

    [GeneratedRegex(@"(?<before>//([^/\s:@]*:)?)[^/\s@]+@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressCredentials();

    [GeneratedRegex(
        @"(?<name>\b(password|pwd|passwd|secret|client_secret|access_token|token|api_?key|sig)\s*=\s*)(""[^""]*""|'[^']*'|[^;&\s""']+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedSecret();

    [GeneratedRegex(@"^(?<before>\s*(-\s+)*(?<key>""[^""]*""|'[^']*'|[^:#]+?)\s*:\s+)\S", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KeyAndValue();

    [GeneratedRegex(@"^(?<before>\s*(-\s+)*).*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListItem();
}
