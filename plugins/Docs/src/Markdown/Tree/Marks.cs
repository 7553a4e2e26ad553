using System.Globalization;
using System.Text;

namespace Stagedoor.Docs.Markdown.Tree;

/// <summary>
/// Stand-ins, inside text, for what has been worked out already: elements, raw HTML, escaped letters. No rule can look into one:
/// they are made of letters for private use between two control characters that no source keeps.
/// </summary>
internal static class Marks
{
    public const char Start = '\u0002';
    public const char End = '\u0003';

    public const char Element = '\uE100';
    public const char Raw = '\uE101';
    public const char Letter = '\uE102';
    public const char Ampersand = '\uE103';
    public const char Critic = '\uE104';

    private const char Zero = '\uE000';

    public static readonly string AnAmpersand = Of(Ampersand, 0);
    public static readonly string ABackslash = Of(Letter, '\\');

    public static string Of(char kind, int number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return string.Create(digits.Length + 3, (kind, digits), static (span, mark) =>
        {
            span[0] = Start;
            span[1] = mark.kind;
            for (var i = 0; i < mark.digits.Length; i++) span[i + 2] = (char)(Zero + mark.digits[i] - '0');
            span[^1] = End;
        });
    }

    /// <summary>The mark that starts here, and where the text goes on after it.</summary>
    public static bool TryRead(string text, int at, out char kind, out int number, out int next)
    {
        kind = default;
        number = 0;
        next = at + 1;
        if (at + 3 >= text.Length || text[at] != Start) return false;
        kind = text[at + 1];
        var i = at + 2;
        for (; i < text.Length && text[i] is >= Zero and <= (char)(Zero + 9) && number < 100_000_000; i++) number = (number * 10) + (text[i] - Zero);
        if (i == at + 2 || i >= text.Length || text[i] != End) return false;
        next = i + 1;
        return true;
    }

    /// <summary>Whether the text is one mark of this kind and nothing else.</summary>
    public static bool IsOnly(string text, char wanted, out int number)
    {
        number = 0;
        return text.Length > 3 && TryRead(text, 0, out var kind, out number, out var next) && kind == wanted && next == text.Length;
    }

    /// <summary>The text with each mark replaced by what is given for it.</summary>
    public static string Replace(string text, Func<char, int, string?> with)
    {
        var at = text.IndexOf(Start, StringComparison.Ordinal);
        if (at < 0) return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            if (TryRead(text, at, out var kind, out var number, out var next) && with(kind, number) is { } replacement)
            {
                result.Append(text, from, at - from).Append(replacement);
                from = next;
            }

            at = text.IndexOf(Start, next);
        }

        return result.Append(text, from, text.Length - from).ToString();
    }
}
