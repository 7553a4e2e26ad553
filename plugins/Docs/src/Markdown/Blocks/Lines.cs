namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Lines that were split once, and for each kind of search what it found last, so that searching on does not start over.</summary>
internal sealed class Lines(string[] text)
{
    private readonly (int From, int Found)[] found = new (int, int)[(int)Sought.Count];

    public string[] Text { get; } = text;

    public static Lines Of(string text) => new(text.Split('\n'));

    /// <summary>The first line of a kind at or after a place, or the number of lines.</summary>
    public int Find(Sought kind, int from, Func<string, bool> isIt)
    {
        ref var last = ref found[(int)kind];
        if (last.Found > 0 && from >= last.From && from < last.Found) return last.Found - 1;
        var i = from;
        while (i < Text.Length && !isIt(Text[i])) i++;
        last = (from, i + 1);
        return i;
    }
}

internal enum Sought
{
    Admonition,
    Details,
    Tab,
    Heading,
    Rule,
    Definition,
    Quote,
    Footnote,
    Abbreviation,
    Reference,
    Count,
}

/// <summary>
/// A run of lines between blank ones. A block that begins with an empty line stands for an odd blank line, a block of one empty
/// line for two.
/// </summary>
internal readonly record struct Block(Lines Source, int Start, int End)
{
    public int Count => End - Start;

    public string First => Source.Text[Start];

    public string this[int index] => Source.Text[Start + index];

    public bool IsEmpty => Count <= 0 || (Count == 1 && First.Length == 0);

    public static Block Of(string text)
    {
        var lines = Lines.Of(text);
        return new Block(lines, 0, lines.Text.Length);
    }

    public static Block Of(List<string> lines) => new(new Lines([.. lines]), 0, lines.Count);

    public Block From(int line) => this with { Start = Start + line };

    public Block Until(int line) => this with { End = Start + line };

    public Block WithoutEmptyStart()
    {
        var start = Start;
        while (start < End && Source.Text[start].Length == 0) start++;
        return this with { Start = start };
    }

    public Block WithoutEmptyEnd()
    {
        var end = End;
        while (end > Start && Source.Text[end - 1].Length == 0) end--;
        return this with { End = end };
    }

    public bool IsBlank
    {
        get
        {
            for (var i = Start; i < End; i++)
            {
                if (!string.IsNullOrWhiteSpace(Source.Text[i])) return false;
            }

            return true;
        }
    }

    public int Find(Sought kind, Func<string, bool> isIt)
    {
        var line = Source.Find(kind, Start, isIt);
        return line < End ? line - Start : -1;
    }

    public string Joined() => Count <= 0 ? "" : string.Join('\n', Source.Text, Start, Count);

    public bool StartsWithSpaces(int count) => Count > 0 && Indent(First) >= count;

    public static int Indent(string line)
    {
        var i = 0;
        while (i < line.Length && line[i] == ' ') i++;
        return i;
    }

    /// <summary>Takes so much indentation off as long as lines have it, and gives what is left after.</summary>
    public (Block Inner, Block Below) Detab(int length)
    {
        var lines = new List<string>();
        var i = 0;
        for (; i < Count; i++)
        {
            var line = this[i];
            if (Indent(line) >= length) lines.Add(line[length..]);
            else if (string.IsNullOrWhiteSpace(line)) lines.Add("");
            else break;
        }

        return (lines.Count == 0 ? Of("") : Of(lines), From(i));
    }

    /// <summary>Takes so much indentation off the lines that have it.</summary>
    public Block DetabLoosely(int length)
    {
        var lines = new List<string>(Count);
        for (var i = 0; i < Count; i++) lines.Add(Indent(this[i]) >= length ? this[i][length..] : this[i]);
        return Of(lines);
    }
}
