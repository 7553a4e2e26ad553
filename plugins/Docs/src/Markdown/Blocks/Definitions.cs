using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Definition lists: terms on lines of their own, then what they mean after a colon.</summary>
internal sealed class Definitions : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(Sought.Definition, text => MeaningOf(text) is not null);
        if (line < 0) return false;

        var terms = new List<string>();
        for (var i = 0; i < line; i++)
        {
            if (block[i].Trim() is { Length: > 0 } term) terms.Add(term);
        }

        var sibling = parent.Last;
        if (terms.Count == 0 && sibling is null) return false;

        blocks.Pop();
        var state = Within.List;
        var after = block.From(line + 1);
        var inner = new List<string> { MeaningOf(block[line])! };
        var rest = default(Block);
        if (after.Count > 0)
        {
            var indented = after;
            if (!IsLazy(after.First)) (indented, rest) = after.Detab(BlockParser.TabLength);
            if (!indented.IsEmpty)
            {
                for (var i = 0; i < indented.Count; i++) inner.Add(indented[i]);
            }
        }

        if (terms.Count == 0 && sibling!.Tag == "p")
        {
            // The paragraph before holds the terms.
            state = Within.LooseList;
            terms.AddRange(sibling.Text.Split('\n'));
            parent.Children.Remove(sibling);
            sibling = parent.Last;
        }

        var list = sibling is { Tag: "dl" } ? sibling : parent.Add("dl");
        if (list == sibling && terms.Count == 0 && list.Last is { Tag: "dd", HasChildren: true }) state = Within.LooseList;
        foreach (var term in terms) list.Add("dt", term);
        var meaning = list.Add("dd");
        parser.Inside(state, () => parser.ParseBlock(meaning, Block.Of(inner)));
        if (rest.Count > 0) blocks.Push(rest);
        return true;
    }

    private static string? MeaningOf(string line)
    {
        var i = Block.Indent(line);
        if (i > 3 || i + 1 >= line.Length || line[i] != ':' || line[i + 1] != ' ') return null;
        var spaces = 1;
        while (spaces < 3 && i + 1 + spaces < line.Length && line[i + 1 + spaces] == ' ') spaces++;
        return line[(i + 1 + spaces)..];
    }

    private static bool IsLazy(string line)
    {
        var indent = Block.Indent(line);
        return indent <= 3 && (indent == line.Length ? indent == 0 : line[indent] != ':');
    }
}
