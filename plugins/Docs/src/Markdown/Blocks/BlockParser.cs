using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>
/// Builds the tree of blocks as Python-Markdown does: text is split at blank lines, each rule in turn may take blocks from the
/// front, and what is inside is parsed in the same way with its indentation taken off.
/// </summary>
internal sealed class BlockParser(Document document, IReadOnlyList<IBlockRule> rules)
{
    /// <summary>Deeper structure is shown as text: no page needs it.</summary>
    public const int MaxDepth = 80;

    /// <summary>How far what belongs to a block is indented.</summary>
    public const int TabLength = 4;

    private readonly Stack<Within> within = new();
    private int depth;

    public Document Document { get; } = document;

    /// <summary>What the blocks being parsed stand directly in.</summary>
    public Within State => within.TryPeek(out var state) ? state : Within.Nothing;

    /// <summary>Parses text that may hold many blocks.</summary>
    public void ParseChunk(Node parent, Block text) => Parse(parent, Split(text));

    public void ParseBlock(Node parent, Block block)
    {
        var blocks = new Stack<Block>();
        blocks.Push(block);
        Parse(parent, blocks);
    }

    public void Inside(Within state, Action parse)
    {
        within.Push(state);
        parse();
        within.Pop();
    }

    private void Parse(Node parent, Stack<Block> blocks)
    {
        depth++;
        if (depth > MaxDepth)
        {
            while (blocks.TryPop(out var block))
            {
                if (!block.IsBlank) parent.Add("p", block.Joined().Trim());
            }
        }

        while (blocks.Count > 0)
        {
            foreach (var rule in rules)
            {
                if (rule.Take(parent, blocks, this)) break;
            }
        }

        depth--;
    }

    /// <summary>The blocks of a text, the first on top.</summary>
    private static Stack<Block> Split(Block text)
    {
        var found = new List<Block>();
        var start = text.Start;
        for (var i = text.Start + 1; i < text.End; i++)
        {
            // An empty line ends a block; the line after it begins the next, be it empty or not.
            if (text.Source.Text[i].Length > 0 || i + 1 >= text.End) continue;
            found.Add(text with { Start = start, End = i });
            start = i + 1;
            i++;
        }

        found.Add(text with { Start = start });
        found.Reverse();
        return new Stack<Block>(found);
    }
}

internal enum Within
{
    Nothing,
    List,
    LooseList,
    Detabbed,
    Quote,
}

/// <summary>One kind of block.</summary>
internal interface IBlockRule
{
    /// <summary>Takes blocks from the top if they are of this kind, and says so. What is left over goes back on top.</summary>
    bool Take(Node parent, Stack<Block> blocks, BlockParser parser);
}
