namespace Stagedoor.Catalog.Model.Checks;

/// <summary>What names may look like. The rules are those of Kubernetes, as Backstage has them.</summary>
internal static class NameRules
{
    public const int MostLetters = 63;

    private const int MostInSubdomain = 253;

    public const string Name = "letters, digits, '-', '_' and '.' are allowed, beginning and ending with a letter or digit, at most 63 in all";
    public const string Label = "lower-case letters and digits are allowed, and '-' between them, at most 63 in all";
    public const string Tag = "lower-case letters, digits, ':', '+' and '#' are allowed, and single '-' between them, at most 63 in all";
    public const string Key = "a key is a name, or a domain in lower case, one '/' and a name; in a name " + Name;
    public const string Version = "a version is letters and digits, or a domain in lower case, one '/', and letters and digits, such as backstage.io/v1alpha1";

    public static bool IsKind(ReadOnlySpan<char> text) => IsShort(text) && char.IsAsciiLetter(text[0]) && IsAlphanumeric(text);

    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (!IsShort(text) || !char.IsAsciiLetterOrDigit(text[0]) || !char.IsAsciiLetterOrDigit(text[^1]))
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (!IsShort(text) || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsTag(ReadOnlySpan<char> text)
    {
        if (!IsShort(text) || text[0] == '-' || text[^1] == '-' || text.IndexOf("--", StringComparison.Ordinal) >= 0)
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or ':' or '+' or '#'))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsKey(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsName(text) : IsSubdomain(text[..slash]) && IsName(text[(slash + 1)..]);
    }

    public static bool IsVersion(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsShort(text) && IsAlphanumeric(text) : IsSubdomain(text[..slash]) && IsShort(text[(slash + 1)..]) && IsAlphanumeric(text[(slash + 1)..]);
    }

    private static bool IsShort(ReadOnlySpan<char> text) => text.Length is > 0 and <= MostLetters;

    private static bool IsAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSubdomain(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MostInSubdomain)
        {
            return false;
        }

        foreach (var part in text.Split('.'))
        {
            if (!IsLabel(text[part]))
            {
                return false;
            }
        }

        return true;
    }
}
