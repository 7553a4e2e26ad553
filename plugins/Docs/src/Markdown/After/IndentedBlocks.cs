using System.Net;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>Gives indented code the same form as fenced code, where highlighting is on.</summary>
internal static class IndentedBlocks
{
    public static void Apply(Document document)
    {
        var options = document.Extensions.Highlight ?? document.Extensions.CodeHilite;
        if (options is null) return;
        foreach (var block in document.Root.All().Where(node => node is { Tag: "pre", Children: [{ Tag: "code" }] }).ToList())
        {
            var source = WebUtility.HtmlDecode(block.Children[0].Text);
            block.Children.Clear();
            block.Tag = "p";
            block.Text = document.Keep(FencedCode.Highlighted(new CodeBlock { Source = source }, options, document));
        }
    }
}
