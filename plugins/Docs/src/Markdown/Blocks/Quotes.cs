using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Quoted blocks. Lines after the first may leave out the sign.</summary>
internal sealed class Quotes : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(Sought.Quote, text => Content(text) is not null);
        if (line < 0) return false;

        blocks.Pop();
        if (line > 0) parser.ParseBlock(parent, block.Until(line));
        var lines = new List<string>();
        for (var i = line; i < block.Count; i++) lines.Add(block[i].Trim() == ">" ? "" : Content(block[i]) ?? block[i]);
        var quote = parent.Last is { Tag: "blockquote" } sibling ? sibling : parent.Add("blockquote");
        parser.Inside(Within.Quote, () => parser.ParseChunk(quote, Block.Of(lines)));
        return true;
    }

    private static string? Content(string line)
    {
        var i = Block.Indent(line);
        if (i > 3 || i >= line.Length || line[i] != '>') return null;
        return line[(i + 1 < line.Length && line[i + 1] == ' ' ? i + 2 : i + 1)..];
    }
}
