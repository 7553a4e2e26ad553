using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>HTML elements that asked for Markdown inside: their content is parsed where they stand.</summary>
internal sealed class MarkdownInHtml : IBlockRule
{
    public const string Attribute = "markdown";

    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        if (block.Count == 0 || !Marks.TryRead(block.First, 0, out var kind, out var number, out _) || kind != Marks.Raw
            || parser.Document.RawAt(number) is not Node element)
        {
            return false;
        }

        blocks.Pop();
        Content(element, parser);
        parent.Children.Add(element);
        parser.Document.Forget(number);
        return true;
    }

    private static void Content(Node element, BlockParser parser)
    {
        var mode = element[Attribute];
        element[Attribute] = null;
        switch (mode)
        {
            case "block":
                foreach (var child in element.Children.ToArray()) Content(child, parser);
                for (var i = element.Children.Count - 1; i >= 0; i--)
                {
                    if (element.Children[i].Tail is not { Length: > 0 } tail) continue;
                    element.Children[i].Tail = "";
                    element.Children.InsertRange(i + 1, Parse(tail, parser));
                }

                if (element.Text is { Length: > 0 } text)
                {
                    element.Text = "";
                    element.Children.InsertRange(0, Parse(text, parser));
                }

                break;
            case "span":
                foreach (var child in element.Children) Content(child, parser);
                break;
            default:
                element.TextIsFinal = true;
                foreach (var child in element.Children)
                {
                    Content(child, parser);
                    child.TailIsFinal = true;
                }

                break;
        }
    }

    private static List<Node> Parse(string text, BlockParser parser)
    {
        var holder = new Node("div");
        parser.ParseChunk(holder, Block.Of(text.TrimEnd('\n')));
        return holder.Children;
    }
}
