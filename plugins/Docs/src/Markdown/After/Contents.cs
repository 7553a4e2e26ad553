using System.Net;
using System.Text;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>Gives headings their ids and permanent links, and gathers the table of contents.</summary>
internal sealed class Contents(Document document, ContentsOptions options, Letters letters)
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counters = new(StringComparer.Ordinal);

    public IReadOnlyList<Heading> Apply()
    {
        foreach (var node in document.Root.All())
        {
            if (node["id"] is { } id) used.Add(id);
        }

        var found = new List<(int Level, string Id, string Title)>();
        foreach (var heading in document.Root.All().Where(node => Elements.IsHeading(node.Tag)).ToList())
        {
            var level = Math.Min(6, heading.Tag[1] - '0' + options.BaseLevel - 1);
            heading.Tag = $"h{level}";
            var text = TextOf(heading);
            heading["id"] ??= Unique(Slug(Plain(text, entities: false)));
            if (level >= options.Top && level <= options.Bottom) found.Add((level, heading["id"]!, WebUtility.HtmlDecode(Plain(heading["data-toc-label"] ?? text, entities: true))));
            heading["data-toc-label"] = null;
            Link(heading);
        }

        var contents = Nest(found);
        if (options.Marker.Length > 0) Replace(document.Root, Build(contents));
        return contents;
    }

    private void Link(Node heading)
    {
        if (options.AnchorLink)
        {
            var anchor = new Node("a") { Text = heading.Text }.Set("class", "toclink").Set("href", "#" + heading["id"]);
            anchor.Children.AddRange(heading.Children);
            heading.Children.Clear();
            heading.Text = "";
            heading.Children.Add(anchor);
        }

        if (options.Permalink is { } sign)
        {
            var link = heading.Add("a", sign).Set("class", "headerlink").Set("href", "#" + heading["id"]);
            if (options.PermalinkTitle.Length > 0) link["title"] = options.PermalinkTitle;
        }
    }

    private static string TextOf(Node heading)
    {
        var text = new StringBuilder();
        Add(heading);
        return text.ToString().Trim();

        void Add(Node node)
        {
            text.Append(node.TextIsFinal ? WebUtility.HtmlDecode(node.Text) : node.Text);
            if (!node.HasChildren) return;
            foreach (var child in node.Children)
            {
                Add(child);
                text.Append(child.Tail);
            }
        }
    }

    /// <summary>Text with what marks stand for as text, too.</summary>
    private string Plain(string text, bool entities) => Marks.Replace(text, (kind, number) => kind switch
    {
        Marks.Raw => WithoutTags(document.RawAt(number) as string ?? "", entities),
        Marks.Critic => "",
        Marks.Letter => ((char)number).ToString(),
        Marks.Ampersand => "&",
        _ => "",
    });

    private static string WithoutTags(string html, bool entities)
    {
        var text = new StringBuilder();
        for (var i = 0; i < html.Length; i++)
        {
            var close = html[i] == '<' ? html.IndexOf('>', i + 1) : -1;
            var reference = html[i] == '&' ? Entities.LengthAt(html, i) : 0;
            if (close > i + 1) i = close;
            else if (reference > 0 && !entities) i += reference - 1;
            else text.Append(html[i]);
        }

        return text.ToString();
    }

    private string Slug(string text)
    {
        var plain = options.Slugs == Slugs.Ascii ? letters.ToAscii(text) : text;
        var slug = new StringBuilder();
        foreach (var letter in plain.Trim())
        {
            if (letter == '_' || letter == '-' || char.IsWhiteSpace(letter) || char.IsLetterOrDigit(letter)) slug.Append(letter);
        }

        var trimmed = slug.ToString().Trim();
        var words = options.Slugs == Slugs.UnicodeAsWritten ? trimmed : trimmed.ToLowerInvariant();
        var result = new StringBuilder();
        for (var i = 0; i < words.Length; i++)
        {
            var separates = char.IsWhiteSpace(words[i]) || (options.Separator.Length == 1 && words[i] == options.Separator[0]);
            if (!separates) result.Append(words[i]);
            else if (i == 0 || !IsSeparator(words[i - 1])) result.Append(options.Separator);
        }

        return result.ToString();

        bool IsSeparator(char letter) => char.IsWhiteSpace(letter) || (options.Separator.Length == 1 && letter == options.Separator[0]);
    }

    private string Unique(string slug)
    {
        var id = slug;
        while (id.Length == 0 || used.Contains(id))
        {
            var line = id.LastIndexOf('_');
            var numbered = line >= 0 && line + 1 < id.Length && id.Length - line < 9 && id.AsSpan(line + 1).IndexOfAnyExceptInRange('0', '9') < 0;
            var stem = numbered ? id[..line] : id;
            var number = numbered ? Blocks.Words.Number(id[(line + 1)..]) + 1 : 1;

            // Many of one name do not search from the start each time.
            if (counters.TryGetValue(stem, out var last) && last >= number) number = last + 1;
            counters[stem] = number;
            id = $"{stem}_{number}";
        }

        used.Add(id);
        return id;
    }

    /// <summary>Nests headings below those of a lower level before them, whatever levels are left out.</summary>
    private static List<Heading> Nest(List<(int Level, string Id, string Title)> found)
    {
        var root = new List<Heading>();
        var parents = new Stack<(int Level, List<Heading> Children)>();
        foreach (var (level, id, title) in found)
        {
            while (parents.TryPeek(out var top) && top.Level >= level) parents.Pop();
            var children = new List<Heading>();
            (parents.TryPeek(out var parent) ? parent.Children : root).Add(new Heading(level, id, title, children));
            parents.Push((level, children));
        }

        return root;
    }

    private Node Build(IReadOnlyList<Heading> contents)
    {
        var box = new Node("div").Set("class", "toc");
        if (options.Title.Length > 0) box.Add("span", options.Title).Set("class", "toctitle");
        List(box, contents);
        return box;

        static void List(Node parent, IReadOnlyList<Heading> headings)
        {
            var list = parent.Add("ul");
            foreach (var heading in headings)
            {
                var item = list.Add("li");
                item.Add("a").Set("href", "#" + heading.Id).Final(Entities.Escape(heading.Title));
                if (heading.Children.Count > 0) List(item, heading.Children);
            }
        }
    }

    private void Replace(Node parent, Node box)
    {
        for (var i = 0; parent.HasChildren && i < parent.Children.Count; i++)
        {
            var child = parent.Children[i];
            if (Elements.IsHeading(child.Tag) || child.Tag is "pre" or "code") continue;
            if (!child.HasChildren && child.Text.Trim() == options.Marker) parent.Children[i] = box;
            else Replace(child, box);
        }
    }
}
