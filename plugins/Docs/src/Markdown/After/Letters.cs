using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>What is left of letters when only ASCII may be. Needed because the process runs without the tables of a culture.</summary>
internal sealed class Letters
{
    private readonly FrozenDictionary<char, string> plain;

    private Letters(FrozenDictionary<char, string> plain) => this.plain = plain;

    public static Letters Load()
    {
        var found = new Dictionary<char, string>();
        foreach (var line in Data.Lines("letters.txt"))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            foreach (var letter in line.AsSpan(tab + 1)) found[letter] = line[..tab];
        }

        return new Letters(found.ToFrozenDictionary());
    }

    public string ToAscii(string text)
    {
        if (text.All(char.IsAscii)) return text;
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsAscii(letter)) result.Append(letter);
            else if (plain.TryGetValue(letter, out var ascii)) result.Append(ascii);
            else if (char.IsWhiteSpace(letter)) result.Append(letter is '\u00a0' or (>= '\u2000' and <= '\u200a') or '\u202f' or '\u205f' or '\u3000' ? " " : "");
        }

        return result.ToString();
    }
}

/// <summary>The tables that lie in the assembly.</summary>
internal static class Data
{
    public static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The table {name} is missing."), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line;
        }
    }
}
