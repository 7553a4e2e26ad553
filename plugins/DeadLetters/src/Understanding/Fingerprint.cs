using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>
/// What errors of one cause have in common. Whatever differs from message to message is left out: numbers, ids, hexadecimal,
/// times, quoted values, places in files.
/// </summary>
internal static class Fingerprint
{
    private const int MostText = 600;
    private const char Number = '#';
    private const string Quoted = "'…'";

    /// <param name="error">Nothing where nobody wrote one: then what died where for the same reason is together.</param>
    public static Guid Of(string? error, string? errorType, string reason, string service)
    {
        var text = string.IsNullOrWhiteSpace(error) && string.IsNullOrWhiteSpace(errorType)
            ? $"{reason}\n{service}"
            : $"{errorType?.Trim()}\n{Normal(error ?? "")}";
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>The error without what differs.</summary>
    public static string Normal(string error)
    {
        // More than the beginning is not looked at, and lines after the first dozen are usually a stack.
        var text = error.AsSpan(0, Math.Min(error.Length, MostText * 4));
        var normal = new StringBuilder(Math.Min(text.Length, MostText) + 8);
        var at = 0;
        while (at < text.Length && normal.Length < MostText)
        {
            var sign = text[at];
            if (char.IsWhiteSpace(sign) || char.IsControl(sign))
            {
                Blank(normal);
                at++;
            }
            else if (sign is '\'' or '"' or '`' or '“' or '«' && EndOfQuote(text, at) is var end and > 0)
            {
                normal.Append(Quoted);
                at = end;
            }
            else if (IsWord(sign))
            {
                var length = 1;
                while (at + length < text.Length && (IsWord(text[at + length]) || (IsJoint(text[at + length]) && at + length + 1 < text.Length && IsWord(text[at + length + 1]))))
                {
                    length++;
                }

                Word(normal, text.Slice(at, length));
                at += length;
            }
            else
            {
                normal.Append(sign);
                at++;
            }
        }

        return Folded(normal.ToString());
    }

    private static void Blank(StringBuilder normal)
    {
        if (normal.Length > 0 && normal[^1] != ' ')
        {
            normal.Append(' ');
        }
    }

    private static bool IsWord(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '#' || char.IsSurrogate(sign);

    // What holds an id, a time, an address or a number together.
    private static bool IsJoint(char sign) => sign is '-' or ':' or '.' or '/' or '+' or '@' or ',';

    /// <summary>A run without blanks: each of its parts on its own, but for those that are one id or time as a whole.</summary>
    private static void Word(StringBuilder normal, ReadOnlySpan<char> word)
    {
        if (IsId(word) || IsTime(word))
        {
            normal.Append(Number);
            return;
        }

        var start = 0;
        for (var i = 0; i <= word.Length; i++)
        {
            if (i < word.Length && IsWord(word[i]))
            {
                continue;
            }

            var part = word[start..i];
            if (part.Length > 0)
            {
                _ = Differs(part) ? normal.Append(Number) : normal.Append(part);
            }

            if (i < word.Length)
            {
                normal.Append(word[i]);
            }

            start = i + 1;
        }
    }

    /// <summary>8-4-4-4-12, or another chain of hexadecimal joined by hyphens.</summary>
    private static bool IsId(ReadOnlySpan<char> word)
    {
        if (word.Length < 16)
        {
            return false;
        }

        var digits = 0;
        foreach (var sign in word)
        {
            if (!char.IsAsciiHexDigit(sign) && sign != '-')
            {
                return false;
            }

            digits += char.IsAsciiDigit(sign) ? 1 : 0;
        }

        return digits > 0;
    }

    private static bool IsTime(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var sign in word)
        {
            if (char.IsAsciiDigit(sign))
            {
                digits++;
            }
            else if (!IsJoint(sign) && sign is not ('T' or 'Z' or 't' or 'z'))
            {
                return false;
            }
        }

        return digits > 0;
    }

    /// <summary>A part of a word that is a value: one with a digit, if it is long, mixed, hexadecimal, or nothing but digits.</summary>
    private static bool Differs(ReadOnlySpan<char> part)
    {
        if (part is "#")
        {
            return true;
        }

        int digits = 0, changes = 0;
        var isHex = true;
        for (var i = 0; i < part.Length; i++)
        {
            var isDigit = char.IsDigit(part[i]);
            digits += isDigit ? 1 : 0;
            isHex &= char.IsAsciiHexDigit(part[i]);
            changes += i > 0 && isDigit != char.IsDigit(part[i - 1]) ? 1 : 0;
        }

        // Int32 and V1 are names, 0xdeadbeef, a3f9c2 and tx8842aa are values; so is a unit behind a number, 30s.
        return digits > 0 && (digits == part.Length || char.IsDigit(part[0]) || (isHex && part.Length >= 6) || changes >= 2 || digits >= 4);
    }

    /// <summary>The end of what is in quotes, or 0: an apostrophe within a word opens nothing.</summary>
    private static int EndOfQuote(ReadOnlySpan<char> text, int at)
    {
        var open = text[at];
        if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
        {
            return 0;
        }

        var close = open switch { '“' => '”', '«' => '»', _ => open };
        for (var i = at + 1; i < text.Length && i - at <= 400; i++)
        {
            if (text[i] == close && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            {
                return i + 1;
            }
        }

        return 0;
    }

    // Lists of values are as long as they happen to be.
    private static string Folded(string text)
    {
        var before = text.TrimEnd();
        while (true)
        {
            var folded = before
                .Replace("#,#", "#", StringComparison.Ordinal).Replace("#, #", "#", StringComparison.Ordinal).Replace("# #", "#", StringComparison.Ordinal)
                .Replace($"{Quoted}, {Quoted}", Quoted, StringComparison.Ordinal).Replace($"{Quoted},{Quoted}", Quoted, StringComparison.Ordinal);
            if (folded.Length == before.Length)
            {
                return folded.Length <= MostText ? folded : folded[..MostText].TrimEnd();
            }

            before = folded;
        }
    }
}
