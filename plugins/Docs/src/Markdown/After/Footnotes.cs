using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>The footnotes at the end of the page, or where a marker says, each with the way back.</summary>
internal static class Footnotes
{
    private const string Marker = "///Footnotes Go Here///";

    public static void Place(Document document, BlockParser parser)
    {
        if (document.Footnotes.Count == 0) return;

        var notes = new Node("div").Set("class", "footnote");
        notes.Add("hr");
        var list = notes.Add("ol");

        // Footnotes may define footnotes: those come to the end of the list.
        for (var i = 0; i < document.Footnotes.Count; i++)
        {
            var (name, text) = document.Footnotes.GetAt(i);
            var item = list.Add("li").Set("id", "fn:" + name);
            var holder = new Node("div");
            parser.ParseChunk(holder, Block.Of(text));
            item.Children.AddRange(holder.Children);
            if (!item.HasChildren) continue;

            var back = new Node("a").Set("class", "footnote-backref").Set("href", "#fnref:" + name).Set("title", $"Jump back to footnote {i + 1} in the text");
            back.Text = document.Keep("&#8617;");
            if (item.Last is { Tag: "p" } last)
            {
                last.Text += document.Keep("&#160;");
                last.Children.Add(back);
            }
            else
            {
                item.Add("p").Children.Add(back);
            }
        }

        Insert(document.Root, notes);
    }

    /// <summary>A footnote that is referred to more than once leads back to each place.</summary>
    public static void Repeat(Document document, IReadOnlyDictionary<string, int> references)
    {
        foreach (var item in document.Root.All().Where(node => node.Tag == "li" && references.ContainsKey(node["id"] ?? "")).ToList())
        {
            var name = item["id"]!["fn:".Length..];
            if (item.All().FirstOrDefault(node => node is { Tag: "a", Class: "footnote-backref" }) is not { } back) continue;
            for (var i = 2; i <= references[item["id"]!]; i++)
            {
                item.Children[^1].Children.Add(new Node("a") { Text = back.Text }
                    .Set("class", back.Class).Set("href", $"#fnref{i}:{name}").Set("title", back["title"] ?? ""));
            }
        }
    }

    private static void Insert(Node root, Node notes)
    {
        foreach (var parent in root.All().ToList())
        {
            for (var i = 0; parent.HasChildren && i < parent.Children.Count; i++)
            {
                var child = parent.Children[i];
                if (child.Text.Contains(Marker, StringComparison.Ordinal))
                {
                    parent.Children[i] = notes;
                    return;
                }

                if (child.Tail.Contains(Marker, StringComparison.Ordinal))
                {
                    child.Tail = "";
                    parent.Children.Insert(i + 1, notes);
                    return;
                }
            }
        }

        root.Children.Add(notes);
    }
}
