using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Headings that begin with number signs. No space is asked for after them.</summary>
internal sealed class HashHeadings : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(Sought.Heading, IsHeading);
        if (line < 0) return false;

        blocks.Pop();
        if (line > 0) parser.ParseBlock(parent, block.Until(line));
        var text = block[line];
        var level = 0;
        while (level < 6 && level < text.Length && text[level] == '#') level++;
        parent.Add($"h{level}", Title(text, level).Trim());
        var rest = block.From(line + 1);
        if (!rest.IsEmpty) blocks.Push(rest);
        return true;
    }

    private static bool IsHeading(string line)
    {
        if (line.Length == 0 || line[0] != '#') return false;

        // A backslash at the very end would escape the line break, which nothing does.
        var slashes = 0;
        while (slashes < line.Length && line[^(slashes + 1)] == '\\') slashes++;
        return slashes % 2 == 0;
    }

    private static string Title(string line, int from)
    {
        var end = line.Length;
        while (end > from && line[end - 1] == '#') end--;

        // An escaped number sign belongs to the title.
        var slashes = 0;
        while (end - slashes - 1 >= from && line[end - slashes - 1] == '\\') slashes++;
        if (slashes % 2 == 1 && end < line.Length) end++;
        return line[from..end];
    }
}

/// <summary>Headings with a line drawn below.</summary>
internal sealed class LinedHeadings : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (block.Count < 2) return false;
        var line = block[1].AsSpan().TrimEnd(' ');
        if (line.Length == 0 || line.ContainsAnyExcept('=', '-')) return false;

        blocks.Pop();
        parent.Add(line[0] == '=' ? "h1" : "h2", block.First.Trim());
        if (block.Count > 2) blocks.Push(block.From(2));
        return true;
    }
}

/// <summary>Rules across the page.</summary>
internal sealed class Rules : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(Sought.Rule, IsRule);
        if (line < 0) return false;

        blocks.Pop();
        if (line > 0) parser.ParseBlock(parent, block.Until(line));
        parent.Add("hr");
        var rest = block.From(line + 1).WithoutEmptyStart();
        if (rest.Count > 0) blocks.Push(rest);
        return true;
    }

    private static bool IsRule(string line)
    {
        var i = Block.Indent(line);
        if (i > 3 || i >= line.Length || line[i] is not ('-' or '_' or '*')) return false;
        var sign = line[i];
        var signs = 0;
        var spaces = 0;
        for (; i < line.Length; i++)
        {
            if (line[i] == ' ')
            {
                spaces++;
                continue;
            }

            if (line[i] != sign || spaces > 2) return false;
            signs++;
            spaces = 0;
        }

        return signs >= 3;
    }
}
