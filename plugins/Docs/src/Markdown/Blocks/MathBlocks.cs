using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Formulas that stand alone. They are handed on as they are, in the form that math libraries look for.</summary>
internal sealed class MathBlocks(MathOptions options) : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (block.Count == 0 || block.First.Length < 2 || block.First[0] is not ('$' or '\\')) return false;
        if (FormulaIn(block.Joined().TrimEnd(' ')) is not { } formula) return false;

        blocks.Pop();
        parser.Document.HasMath = true;
        parent.Add("div").Set("class", "arithmatex").Final($"\\[{formula}\\]");
        return true;
    }

    private string? FormulaIn(string text)
    {
        if (options.DollarBlock && text.StartsWith("$$", StringComparison.Ordinal))
        {
            return text.Length > 4 && text.EndsWith("$$", StringComparison.Ordinal) && IsReached(text, 2, text.Length - 2) ? text[2..^2] : null;
        }

        if (options.SquareBlock && text.StartsWith("\\[", StringComparison.Ordinal))
        {
            var end = text.IndexOf("\\]", 2, StringComparison.Ordinal);
            return end > 2 && end == text.Length - 2 ? text[2..end] : null;
        }

        if (!options.EnvironmentBlock || !text.StartsWith("\\begin{", StringComparison.Ordinal)) return null;
        var close = text.IndexOf('}', StringComparison.Ordinal);
        var name = close < 0 ? "" : text[7..close];
        if (name.Length == 0 || name.TrimEnd('*').Any(letter => !char.IsAsciiLetterLower(letter))) return null;
        var ending = $"\\end{{{name}}}";
        return text.EndsWith(ending, StringComparison.Ordinal) && text.Length > close + 1 + ending.Length ? text : null;
    }

    /// <summary>Whether reading letter by letter, each backslash with the letter after it, comes by this place.</summary>
    private static bool IsReached(string text, int from, int place)
    {
        var i = from;
        while (i < place) i += text[i] == '\\' ? 2 : 1;
        return i == place;
    }
}
