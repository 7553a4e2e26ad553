using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Plugins;

/// <summary>
/// A regular expression of a schema: ECMA 262, searched anywhere in the text. It runs in time linear to the text where
/// that is possible, else it is given up after a quarter of a second, and what could not be checked does not match.
/// </summary>
internal sealed class SchemaPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;

    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public SchemaPattern(string text)
    {
        Text = text;
        var translated = Translate(text);
        try
        {
            _regex = new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (NotSupportedException)
        {
            _regex = new Regex(translated, RegexOptions.CultureInvariant, Patience);
        }
    }

    public string Text { get; }

    public bool Matches(string value)
    {
        try
        {
            return _regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>What ECMA 262 and .NET write alike but mean differently.</summary>
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                i = Escape(pattern, i + 1, inClass, result);
            }
            else if (inClass)
            {
                inClass = letter != ']';
                result.Append(letter == '[' ? "\\[" : letter.ToString());
            }
            else if (letter == '[')
            {
                if (pattern.AsSpan(i).StartsWith("[^]"))
                {
                    result.Append("[\\s\\S]");
                    i += 2;
                }
                else if (pattern.AsSpan(i).StartsWith("[]"))
                {
                    result.Append("(?!)");
                    i++;
                }
                else
                {
                    inClass = true;
                    result.Append(letter);
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                    {
                        result.Append(pattern[++i]);
                    }
                }
            }
            else if (char.IsHighSurrogate(letter) && i + 1 < pattern.Length)
            {
                result.Append("(?:").Append(letter).Append(pattern[++i]).Append(')');
            }
            else
            {
                result.Append(letter switch
                {
                    '$' => "\\z",
                    '.' => "[^\\n\\r\\u2028\\u2029]",
                    _ => letter.ToString(),
                });
            }
        }

        return result.ToString();
    }

    private static int Escape(string pattern, int at, bool inClass, StringBuilder result)
    {
        const string Space = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
        switch (pattern[at])
        {
            case 'd':
                result.Append(inClass ? "0-9" : "[0-9]");
                return at;
            case 'D' when !inClass:
                result.Append("[^0-9]");
                return at;
            case 'w':
                result.Append(inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]");
                return at;
            case 'W' when !inClass:
                result.Append("[^a-zA-Z0-9_]");
                return at;
            case 's':
                result.Append(inClass ? Space : $"[{Space}]");
                return at;
            case 'S' when !inClass:
                result.Append($"[^{Space}]");
                return at;
            case 'u' when at + 1 < pattern.Length && pattern[at + 1] == '{' && pattern.IndexOf('}', at) is > 0 and var end:
                if (int.TryParse(pattern.AsSpan(at + 2, end - at - 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) && Rune.IsValid(code))
                {
                    result.Append(inClass ? new Rune(code).ToString() : $"(?:{Regex.Escape(new Rune(code).ToString())})");
                    return end;
                }

                throw new ArgumentException("\\u{…} needs the number of a character.", nameof(pattern));
            case 'p' or 'P' when at + 1 < pattern.Length && pattern[at + 1] == '{' && pattern.IndexOf('}', at) is > 0 and var close:
                result.Append('\\').Append(pattern[at]).Append('{').Append(Category(pattern[(at + 2)..close])).Append('}');
                return close;
            case 'a' or 'e' or 'A' or 'Z' or 'z' or 'G':
                throw new ArgumentException($"\\{pattern[at]} is not an escape of JavaScript's regular expressions.", nameof(pattern));
            default:
                result.Append('\\').Append(pattern[at]);
                return at;
        }
    }

    private static string Category(string name) => name switch
    {
        "Letter" => "L",
        "Lowercase_Letter" => "Ll",
        "Uppercase_Letter" => "Lu",
        "Number" => "N",
        "Decimal_Number" or "digit" => "Nd",
        "Punctuation" or "punct" => "P",
        "Symbol" => "S",
        "Separator" => "Z",
        "Mark" => "M",
        "Other" => "C",
        _ => name,
    };
}
