using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>Addresses that links refer to by a name.</summary>
internal sealed class References : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        for (var from = 0; ;)
        {
            var line = block.From(from).Find(Sought.Reference, MayBegin);
            if (line < 0) return false;
            line += from;
            if (Read(block, line) is { } found)
            {
                blocks.Pop();
                parser.Document.References[found.Name] = (found.Address, found.Title);
                var after = block.From(line + found.Lines).WithoutEmptyStart();
                if (!after.IsBlank) blocks.Push(after);
                var before = block.Until(line).WithoutEmptyEnd();
                if (!before.IsBlank) blocks.Push(before);
                return true;
            }

            from = line + 1;
            if (from >= block.Count) return false;
        }
    }

    private static bool MayBegin(string line)
    {
        var i = Block.Indent(line);
        return i <= 3 && i < line.Length && line[i] == '[' && line.Contains("]:", StringComparison.Ordinal);
    }

    private static (string Name, string Address, string? Title, int Lines)? Read(Block block, int line)
    {
        var text = block[line];
        var open = Block.Indent(text);
        var close = text.AsSpan(open + 1).IndexOfAny('[', ']') + open + 1;
        if (close <= open || text[close] != ']' || close + 1 >= text.Length || text[close + 1] != ':') return null;

        var name = text[(open + 1)..close].Trim().ToLowerInvariant();
        var lines = 1;
        var rest = text.AsSpan(close + 2).Trim(' ');
        if (rest.Length == 0)
        {
            if (line + 1 >= block.Count) return null;
            rest = block[line + 1].AsSpan().Trim(' ');
            lines = 2;
        }

        var end = rest.IndexOfAny(" \t");
        var address = (end < 0 ? rest : rest[..end]).ToString();
        if (address.Length == 0) return null;
        var behind = end < 0 ? default : rest[end..].Trim(' ');
        string? title = null;
        if (behind.Length > 0)
        {
            title = TitleIn(behind);
            if (title is null) return null;
        }
        else if (line + lines < block.Count && TitleIn(block[line + lines].AsSpan().Trim(' ')) is { } below)
        {
            title = below;
            lines++;
        }

        return (name, address.TrimStart('<').TrimEnd('>'), title is { Length: > 0 } ? title : null, lines);
    }

    private static string? TitleIn(ReadOnlySpan<char> text) =>
        text.Length >= 2 && (text[0], text[^1]) is ('"', '"') or ('\'', '\'') or ('(', ')') ? text[1..^1].ToString() : null;
}

/// <summary>Abbreviations and what they stand for.</summary>
internal sealed class AbbreviationDefinitions : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(Sought.Abbreviation, text => Read(text) is not null);
        if (line < 0) return false;

        blocks.Pop();
        var (name, meaning) = Read(block[line])!.Value;
        var lines = 1;
        if (meaning.Length == 0 && line + 1 < block.Count)
        {
            meaning = block[line + 1].Trim();
            lines = 2;
        }

        if (name.Length > 0) parser.Document.Abbreviations[name] = meaning;
        var after = block.From(line + lines).WithoutEmptyStart();
        if (!after.IsBlank) blocks.Push(after);
        var before = block.Until(line).WithoutEmptyEnd();
        if (!before.IsBlank) blocks.Push(before);
        return true;
    }

    private static (string Name, string Meaning)? Read(string line)
    {
        if (!line.StartsWith("*[", StringComparison.Ordinal)) return null;
        var close = line.IndexOf(']', StringComparison.Ordinal);
        if (close < 0) return null;
        var colon = close + 1 < line.Length && line[close + 1] == ' ' ? close + 2 : close + 1;
        return colon < line.Length && line[colon] == ':' ? (line[2..close].Trim(), line[(colon + 1)..].Trim()) : null;
    }
}

/// <summary>Footnotes: their text is kept for the end of the page.</summary>
internal sealed class FootnoteDefinitions : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = Find(block);
        if (line < 0) return false;

        blocks.Pop();
        var (name, first) = Read(block[line])!.Value;
        var after = block.From(line + 1).WithoutEmptyStart();
        var next = Find(after);
        var text = new List<string>();
        if (next >= 0)
        {
            text.Add(Join(first, after.Until(next).WithoutEmptyEnd(), parser).TrimStart('\n'));
            blocks.Push(after.From(next));
        }
        else
        {
            text.Add(Join(first, after, parser).Trim('\n'));
            TakeIndented(blocks, text, parser);
        }

        parser.Document.Footnotes[name] = string.Join("\n\n", text).TrimEnd();
        var before = block.Until(line).WithoutEmptyEnd();
        if (!before.IsBlank) blocks.Push(before);
        return true;
    }

    private static void TakeIndented(Stack<Block> blocks, List<string> text, BlockParser parser)
    {
        while (blocks.TryPeek(out var block) && block.StartsWithSpaces(BlockParser.TabLength))
        {
            blocks.Pop();
            var another = Find(block);
            if (another < 0)
            {
                text.Add(block.DetabLoosely(BlockParser.TabLength).Joined());
                continue;
            }

            text.Add(block.Until(another).WithoutEmptyEnd().DetabLoosely(BlockParser.TabLength).Joined());
            blocks.Push(block.From(another));
            return;
        }
    }

    private static string Join(string first, Block more, BlockParser parser) => first + "\n" + more.DetabLoosely(BlockParser.TabLength).Joined();

    private static int Find(Block block) => block.Count <= 0 ? -1 : block.Find(Sought.Footnote, text => Read(text) is not null);

    private static (string Name, string Text)? Read(string line)
    {
        var i = Block.Indent(line);
        if (i > 3 || i + 1 >= line.Length || line[i] != '[' || line[i + 1] != '^') return null;
        var close = line.IndexOf(']', i);
        return close > 0 && close + 1 < line.Length && line[close + 1] == ':' ? (line[(i + 2)..close], line[(close + 2)..].TrimStart(' ')) : null;
    }
}
