using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>What is indented below an item of a list belongs to the item as deep as its indentation goes.</summary>
internal sealed class ListIndentation(int step, bool definitions) : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (!block.StartsWithSpaces(step) || parser.State == Within.Detabbed || !(IsItem(parent) || (parent.Last is { } last && IsList(last)))) return false;

        blocks.Pop();
        var (level, place) = Place(parent, Block.Indent(block.First) / step, parser.State);
        var inner = block.DetabLoosely(step * level);
        parser.Inside(Within.Detabbed, () => Parse(parent, place, inner, parser));
        return true;
    }

    private void Parse(Node parent, Node place, Block inner, BlockParser parser)
    {
        if (IsItem(parent))
        {
            parser.ParseBlock(parent.Last is { } list && IsList(list) ? list : parent, inner);
        }
        else if (IsItem(place))
        {
            parser.ParseBlock(place, inner);
        }
        else if (place.Last is { } item && IsItem(item))
        {
            if (item.Text.Length > 0) item.WrapText(first: true);
            parser.ParseChunk(item, inner);
        }
        else
        {
            parser.ParseBlock(place.Add(definitions ? "dd" : "li"), inner);
        }
    }

    private (int Level, Node Place) Place(Node parent, int indent, Within state)
    {
        // In a tight list the parent is the right one already.
        var level = state == Within.List ? 1 : 0;
        var place = parent;
        while (indent > level && place.Last is { } child && (IsList(child) || IsItem(child)))
        {
            if (IsList(child)) level++;
            place = child;
        }

        return (level, place);
    }

    private bool IsItem(Node node) => node.Tag == "li" || (definitions && node.Tag == "dd");

    private bool IsList(Node node) => node.Tag is "ul" or "ol" || (definitions && node.Tag == "dl");
}
