using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.After;

/// <summary>Attributes in braces behind what they belong to.</summary>
internal static class AttributeLists
{
    /// <summary>Key and value of each attribute in a list; a class has the key '.'.</summary>
    public static List<KeyValuePair<string, string>> Read(string list)
    {
        var found = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < list.Length;)
        {
            if (list[i] == ' ')
            {
                i++;
                continue;
            }

            var end = i;
            while (end < list.Length && list[end] is not (' ' or '=')) end++;
            if (end == i) break;
            var key = list[i..end];
            if (end < list.Length && list[end] == '=')
            {
                var value = Value(list, end + 1, out var next);
                if (value is null) break;
                found.Add(new(key, value));
                i = next;
                continue;
            }

            found.Add(key[0] switch { '.' => new(".", key[1..]), '#' => new("id", key[1..]), _ => new(key, key) });
            i = end;
        }

        return found;
    }

    public static void Apply(Document document)
    {
        foreach (var node in document.Root.All())
        {
            if (!Elements.Block.Contains(node.Tag)) Inline(node);
            else if (node.Tag == "li" && node.HasChildren) Item(node);
            else if (node.Last is { Tail.Length: > 0 } last) last.Tail = Behind(node, last.Tail);
            else if (node.Text.Length > 0) node.Text = Behind(node, node.Text);
        }
    }

    private static string? Value(string list, int at, out int next)
    {
        next = at;
        if (at < list.Length && list[at] is '"' or '\'')
        {
            var close = list.IndexOf(list[at], at + 1);
            if (close > 0)
            {
                next = close + 1;
                return list[(at + 1)..close].Trim(list[at]);
            }
        }

        while (next < list.Length && list[next] is not (' ' or '=')) next++;
        return next == at ? null : list[at..next];
    }

    private static void Inline(Node node)
    {
        if (node.Tail.Length < 3 || node.Tail[0] != '{' || ListAt(node.Tail, 0) is not { } list) return;
        Assign(node, list.Text);
        node.Tail = node.Tail[list.End..];
    }

    /// <summary>An item's attributes stand before the list inside it.</summary>
    private static void Item(Node node)
    {
        var inner = node.Children.FindIndex(child => child.Tag is "ul" or "ol");
        if (inner < 0 && node.Children[^1].Tail.Length > 0) node.Children[^1].Tail = Behind(node, node.Children[^1].Tail);
        else if (inner > 0 && node.Children[inner - 1].Tail.Length > 0) node.Children[inner - 1].Tail = Behind(node, node.Children[inner - 1].Tail);
        else if (node.Text.Length > 0 && inner >= 0) node.Text = Behind(node, node.Text);
    }

    /// <summary>Takes a list off the end of a text: from a line of its own, for headings and cells also from the line's end.</summary>
    private static string Behind(Node node, string text)
    {
        var end = text.AsSpan().TrimEnd(' ').Length;
        if (end < 3 || text[end - 1] != '}') return text;
        var onLine = Elements.IsHeading(node.Tag) || node.Tag is "dt" or "td" or "th";
        var start = text.AsSpan(0, end - 1).LastIndexOfAny('}', '\n') + 1;
        for (var open = text.IndexOf('{', start); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var before = open;
            while (before > 0 && text[before - 1] == ' ') before--;
            if (onLine ? before == open : before == 0 || text[before - 1] != '\n') continue;
            if (ListAt(text, open) is not { } list) continue;

            Assign(node, list.Text);
            var rest = text[..(onLine ? before : before - 1)];
            return Elements.IsHeading(node.Tag) ? rest.TrimEnd('#').TrimEnd() : rest;
        }

        return text;
    }

    private static (string Text, int End)? ListAt(string text, int open)
    {
        var start = open + 1;
        if (start < text.Length && text[start] == ':') start++;
        while (start < text.Length && text[start] == ' ') start++;
        var close = text.AsSpan(start).IndexOfAny('}', '\n');
        if (close == 0 && start > open + 1 && text[open + 1] == ':')
        {
            // A colon alone is a name.
            close += start - open - 1;
            start = open + 1;
        }

        return close > 0 && text[start + close] == '}' ? (text.Substring(start, close), start + close + 1) : null;
    }

    private static void Assign(Node node, string list)
    {
        foreach (var (key, value) in Read(list))
        {
            if (key == ".") node["class"] = node.Class.Length > 0 ? $"{node.Class} {value}" : value;
            else node[NameOf(key)] = value;
        }
    }

    private static string NameOf(string key)
    {
        if (key.All(IsName)) return key;
        var name = new System.Text.StringBuilder();
        foreach (var letter in key)
        {
            if (IsName(letter)) name.Append(letter);
            else if (name.Length == 0 || name[^1] != '_') name.Append('_');
        }

        return name.ToString();
    }

    private static bool IsName(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or ':' or '-' or '.';
}
