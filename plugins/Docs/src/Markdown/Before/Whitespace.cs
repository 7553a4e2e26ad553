using System.Text;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>Makes all line ends, tabs and blank lines alike, and takes away what marks are made of.</summary>
internal static class Whitespace
{
    private const int TabLength = 4;

    /// <summary>Takes the control characters away that stand-ins are made of.</summary>
    public static string WithoutMarks(string text) =>
        text.AsSpan().IndexOfAny("\u0001\u0002\u0003\u0004\0") < 0 ? text : string.Concat(text.Where(letter => letter is > '\u0004'));

    /// <summary>The lines of a text, with marks in it left as they are.</summary>
    public static string Normalize(string text)
    {
        var result = new StringBuilder(text.Length + 2);
        var column = 0;
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is '\r' or '\n')
            {
                if (letter == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
                // A line of spaces is an empty one, but for the first.
                if (lineStart > 0 && IsSpaces(result, lineStart)) result.Length = lineStart;
                result.Append('\n');
                lineStart = result.Length;
                column = 0;
            }
            else if (letter == '\t')
            {
                var width = TabLength - (column % TabLength);
                result.Append(' ', width);
                column += width;
            }
            else
            {
                result.Append(letter);
                column++;
            }
        }

        return result.Append("\n\n").ToString();
    }

    private static bool IsSpaces(StringBuilder text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != ' ') return false;
        }

        return true;
    }
}
