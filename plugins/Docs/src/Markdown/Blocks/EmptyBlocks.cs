using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Blank lines: nothing, except within an indented code block.</summary>
internal sealed class EmptyBlocks : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (block.Count > 0 && block.First.Length > 0) return false;

        blocks.Pop();
        var two = block.IsEmpty;
        if (!two && !block.From(1).IsEmpty) blocks.Push(block.From(1));
        IndentedCode.CodeOf(parent.Last)?.Append(two ? "\n\n" : "\n");
        return true;
    }
}
