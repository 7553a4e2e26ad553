using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>How lists of a kind behave: which neighbours they join, and how far what is below an item is indented.</summary>
/// <param name="Sane">Whether each kind of list keeps to itself, and a list starts with the number it is given.</param>
/// <param name="Truly">Whether a blank line also begins another list.</param>
internal sealed record ListRules(bool Sane, bool Truly, int Step);

/// <summary>Bulleted lists or numbered lists.</summary>
internal sealed class Lists(bool numbered, ListRules rules) : IBlockRule
{
    private string Tag => numbered ? "ol" : "ul";

    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        if (MarkerOf(blocks.Peek().First) is not { } marker || marker.Numbered != numbered) return false;

        var items = Items(blocks.Pop());
        var first = 0;
        Node list;
        if (!rules.Truly && parent.Last is { } sibling && (sibling.Tag == Tag || (!rules.Sane && sibling.Tag is "ol" or "ul")) && sibling.HasChildren)
        {
            list = sibling;
            Loosen(list.Children[^1]);
            var item = list.Add("li");
            first = 1;
            parser.Inside(Within.LooseList, () => parser.ParseBlock(item, Block.Of(items[0])));
        }
        else if (parent.Tag is "ol" or "ul")
        {
            // A list of several items right in an item without text of its own.
            list = parent;
        }
        else
        {
            list = parent.Add(Tag);
            if ((rules.Sane || rules.Truly) && numbered && marker.Number != "1") list["start"] = marker.Number;
        }

        parser.Inside(Within.List, () =>
        {
            foreach (var item in items.Skip(first))
            {
                var below = Block.Indent(item[0]) >= rules.Step && list.HasChildren;
                parser.ParseBlock(below ? list.Children[^1] : list.Add("li"), Block.Of(item));
            }
        });
        return true;
    }

    /// <summary>After a blank line the item before is one of paragraphs.</summary>
    private static void Loosen(Node item)
    {
        if (item.Text.Length > 0) item.WrapText(first: true);
        if (item.Last is { Tail.Length: > 0 } last)
        {
            item.Add("p", last.Tail.TrimStart());
            last.Tail = "";
        }
    }

    private List<List<string>> Items(Block block)
    {
        var items = new List<List<string>>();
        for (var i = 0; i < block.Count; i++)
        {
            var line = block[i];
            if (MarkerOf(line) is { } marker && (marker.Numbered == numbered || (!rules.Sane && !rules.Truly)))
            {
                items.Add([line[marker.Length..]]);
            }
            else if (IsIndentedItem(line) && Block.Indent(items[^1][0]) < rules.Step)
            {
                items.Add([line]);
            }
            else
            {
                items[^1].Add(line);
            }
        }

        return items;
    }

    private bool IsIndentedItem(string line)
    {
        var indent = Block.Indent(line);
        return indent >= rules.Step && indent < rules.Step * 2 && Marker(line, indent) is not null;
    }

    private (bool Numbered, string Number, int Length)? MarkerOf(string line)
    {
        var indent = Block.Indent(line);
        return indent < rules.Step ? Marker(line, indent) : null;
    }

    private static (bool Numbered, string Number, int Length)? Marker(string line, int at)
    {
        var i = at;
        if (i < line.Length && line[i] is '*' or '+' or '-')
        {
            i++;
        }
        else
        {
            while (i < line.Length && char.IsDigit(line[i])) i++;
            if (i == at || i >= line.Length || line[i] != '.') return null;
            i++;
        }

        var end = i;
        while (end < line.Length && line[end] == ' ') end++;
        return end == i ? null : (char.IsDigit(line[at]), line[at..(i - 1)].TrimStart(), end);
    }
}
