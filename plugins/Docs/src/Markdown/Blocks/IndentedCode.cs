using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Code by indentation. Blank lines within belong to it. A fence that was taken out of it comes back.</summary>
internal sealed class IndentedCode : IBlockRule
{
    /// <summary>The code that a following indented block continues.</summary>
    public static Node? CodeOf(Node? sibling) =>
        sibling is { Tag: "pre", HasChildren: true } && sibling.Children[0].Tag == "code" ? sibling.Children[0] : null;

    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        if (!blocks.Peek().StartsWithSpaces(BlockParser.TabLength)) return false;

        var (inner, rest) = WithFences(blocks.Pop(), parser.Document).Detab(BlockParser.TabLength);
        var code = Entities.Escape(inner.Joined().TrimEnd());
        if (CodeOf(parent.Last) is { } before)
        {
            before.Append("\n");
            before.Append(code);
            before.Append("\n");
            before.TextIsFinal = true;
        }
        else
        {
            parent.Add("pre").Add("code").Final(code + "\n");
        }

        if (rest.Count > 0) blocks.Push(rest);
        return true;
    }

    private static Block WithFences(Block block, Document document)
    {
        if (document.Fences.Count == 0) return block;
        List<string>? lines = null;
        for (var i = 0; i < block.Count; i++)
        {
            var line = block[i];
            var mark = line.AsSpan().TrimStart("> ");
            var indent = line.Length - mark.Length;
            if (mark.Length > 0 && mark[0] == Marks.Start && document.Fences.Remove(mark.ToString(), out var fence))
            {
                lines ??= [.. Enumerable.Range(0, i).Select(index => block[index])];
                lines.AddRange(fence.Text.Split('\n').Select(source => source[Math.Min(source.Length, Math.Max(0, fence.Indent - indent))..]));
            }
            else
            {
                lines?.Add(line);
            }
        }

        return lines is null ? block : Block.Of(lines);
    }
}
