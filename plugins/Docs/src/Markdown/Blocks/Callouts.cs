using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Blocks;

/// <summary>
/// Blocks with a line that opens them and content indented below it, which may go on after blank lines: admonitions, details,
/// content tabs.
/// </summary>
internal abstract class Callouts(Sought kind) : IBlockRule
{
    public bool Take(Node parent, Stack<Block> blocks, BlockParser parser)
    {
        var block = blocks.Peek();
        var line = block.Find(kind, IsOpening);
        if (line >= 0)
        {
            blocks.Pop();
            if (line > 0 && !block.Until(line).IsEmpty) parser.ParseBlock(parent, block.Until(line));
            var after = block.From(line + 1);
            var (inner, rest) = after.Count > 0 ? after.Detab(BlockParser.TabLength) : (Block.Of(""), default);
            parser.ParseChunk(Open(parent, block[line], parser), inner);
            if (rest.Count > 0) blocks.Push(rest);
            return true;
        }

        if (Continued(parent, block) is not { } found) return false;
        blocks.Pop();
        var (content, behind) = block.Detab(found.Indent);
        if (found.Place.Tag is "li" or "dd" && found.Place.Text.Length > 0) found.Place.WrapText(first: false);
        parser.ParseChunk(ContentOf(found.Place), content);
        if (behind.Count > 0) blocks.Push(behind);
        return true;
    }

    protected abstract bool IsOpening(string line);

    /// <summary>Adds the element, and gives where its content goes.</summary>
    protected abstract Node Open(Node parent, string line, BlockParser parser);

    protected abstract bool IsMine(Node sibling);

    /// <summary>Where content of an element goes that was opened before.</summary>
    protected virtual Node ContentOf(Node place) => place;

    protected virtual Node? LastIn(Node sibling) => sibling.Last;

    /// <summary>A list at the end of what was opened before takes what is indented far enough.</summary>
    protected virtual Node? ListIn(Node last) => last.Tag is "ul" or "ol" or "dl" ? last : null;

    private (Node Place, int Indent)? Continued(Node parent, Block block)
    {
        if (parent.Last is not { } place || !IsMine(place)) return null;
        var indent = Block.Indent(block.First);
        var taken = 0;
        for (var last = LastIn(place); last is { HasChildren: true } && place.HasChildren && indent - taken >= 8;)
        {
            if (ListIn(last) is not { HasChildren: true } list) break;
            place = list.Children[^1];
            last = place.Last;
            taken += 4;
        }

        return indent - taken >= 4 ? (place, taken + 4) : null;
    }
}

/// <summary>Admonitions: !!! type "title".</summary>
internal sealed partial class Admonitions() : Callouts(Sought.Admonition)
{
    [GeneratedRegex("""^!!! ?(?<type>[\w-]+( +[\w-]+)*)( +"(?<title>.*?)")? *$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening { get; }

    protected override bool IsOpening(string line) => line.StartsWith("!!!", StringComparison.Ordinal) && Opening.IsMatch(line);

    protected override bool IsMine(Node sibling) => sibling.Class.Contains("admonition", StringComparison.Ordinal);

    protected override Node Open(Node parent, string line, BlockParser parser)
    {
        var match = Opening.Match(line);
        var classes = string.Join(' ', match.Groups["type"].Value.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var title = match.Groups["title"].Success ? match.Groups["title"].Value : Words.Capitalized(classes.Split(' ')[0]);
        var block = parent.Add("div").Set("class", "admonition " + classes);
        if (title.Length > 0) block.Add("p", title).Set("class", "admonition-title");
        return block;
    }
}

/// <summary>Admonitions that fold: ??? type "title", open with a plus sign.</summary>
internal sealed partial class Details() : Callouts(Sought.Details)
{
    [GeneratedRegex("""^\?{3}(?<open>\+)? ?((?<type>[\w-]+( +[\w-]+)*?)?( +"(?<title>.*?)")|(?<only>[\w-]+( +[\w-]+)*?)) *$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening { get; }

    protected override bool IsOpening(string line) => line.StartsWith("???", StringComparison.Ordinal) && Opening.IsMatch(line);

    protected override bool IsMine(Node sibling) => sibling.Tag == "details";

    protected override Node Open(Node parent, string line, BlockParser parser)
    {
        var match = Opening.Match(line);
        var words = match.Groups["only"].Success ? match.Groups["only"] : match.Groups["type"];
        var classes = string.Join(' ', words.Value.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var block = parent.Add("details");
        if (match.Groups["open"].Success) block["open"] = "open";
        if (classes.Length > 0) block["class"] = classes;
        block.Add("summary", match.Groups["only"].Success ? Words.Capitalized(classes.Split(' ')[0]) : match.Groups["title"].Value);
        return block;
    }
}

/// <summary>Content tabs: === "title". Neighbours join into one set.</summary>
internal sealed partial class Tabs(bool alternate) : Callouts(Sought.Tab)
{
    private int sets;

    [GeneratedRegex("""^={3}(?<new>!)? +"(?<title>.*?)" *$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Opening { get; }

    private string Class => alternate ? "tabbed-set tabbed-alternate" : "tabbed-set";

    protected override bool IsOpening(string line) => line.StartsWith("===", StringComparison.Ordinal) && Opening.IsMatch(line);

    protected override bool IsMine(Node sibling) => sibling.Tag == "div" && sibling.Class == Class;

    protected override Node ContentOf(Node place) => IsMine(place) ? (alternate ? place.Last!.Last! : place.Last!) : place;

    protected override Node? LastIn(Node sibling) => alternate ? sibling.Last!.Last : sibling.Last;

    protected override Node? ListIn(Node last) =>
        last.Tag == "div" && last.Class == (alternate ? "tabbed-block" : "tabbed-content") ? base.ListIn(last.Last!) : base.ListIn(last);

    protected override Node Open(Node parent, string line, BlockParser parser)
    {
        var match = Opening.Match(line);
        var joined = parent.Last is { HasChildren: true } sibling && IsMine(sibling) && !match.Groups["new"].Success ? sibling : null;
        var set = joined ?? Begin(parent);
        var numbers = set["data-tabs"]!.Split(':');
        var tab = Words.Number(numbers[1]) + 1;
        set["data-tabs"] = $"{numbers[0]}:{tab}";

        var name = $"__tabbed_{numbers[0]}";
        var input = new Node("input").Set("name", name).Set("type", "radio").Set("id", $"{name}_{tab}");
        if (joined is null) input["checked"] = "checked";
        if (!alternate)
        {
            set.Children.Add(input);
            set.Add("label", match.Groups["title"].Value).Set("for", $"{name}_{tab}");
            return set.Add("div").Set("class", "tabbed-content");
        }

        set.Children.Insert(tab - 1, input);
        set.Children[^2].Add("label", match.Groups["title"].Value).Set("for", $"{name}_{tab}");
        return set.Children[^1].Add("div").Set("class", "tabbed-block");
    }

    private Node Begin(Node parent)
    {
        sets++;
        var set = parent.Add("div").Set("class", Class).Set("data-tabs", $"{sets}:0");
        if (alternate)
        {
            set.Add("div").Set("class", "tabbed-labels");
            set.Add("div").Set("class", "tabbed-content");
        }

        return set;
    }
}
