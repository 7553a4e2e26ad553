using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Whatever nothing else has taken. In a tight list the text stands in the item itself.</summary>
internal sealed class Paragraphs : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Pop();
        if (block.IsBlank) return true;

        var text = block.Joined();
        if (parser.State != Within.List)
        {
            parent.Add("p", text.TrimStart());
        }
        else if (parent.Last is { } last)
        {
            last.Tail = last.Tail.Length > 0 ? $"{last.Tail}\n{text}" : "\n" + text;
        }
        else
        {
            parent.Text = parent.Text.Length > 0 ? $"{parent.Text}\n{text}" : text.TrimStart();
        }

        return true;
    }
}
