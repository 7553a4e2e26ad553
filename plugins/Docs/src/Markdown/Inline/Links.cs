using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Links and images: with an address, with the name of one, or with a text that is the name itself.</summary>
internal sealed partial class Links(bool image, Links.Form form) : IInlineRule
{
    private const int MaxName = 1000;

    private LinkText? brackets;

    internal enum Form
    {
        Address,
        Name,
        Short,
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Space { get; }

    public bool MayMatch(string text) => text.Contains('[', StringComparison.Ordinal) && (!image || text.Contains("![", StringComparison.Ordinal));

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        if (brackets is null || !brackets.IsOf(text)) brackets = new LinkText(text);
        for (var i = Next(text, from); i >= 0; i = Next(text, i + 1))
        {
            var start = image ? i - 1 : i;
            if (brackets.Closing(i) is not { } close) continue;
            var match = form == Form.Address ? Addressed(text, start, i, close, context) : Named(text, start, i, close, context);
            if (match is not null) return match;
        }

        return null;
    }

    private int Next(string text, int from)
    {
        for (var i = from < text.Length ? text.IndexOf('[', from) : -1; i >= 0; i = i + 1 < text.Length ? text.IndexOf('[', i + 1) : -1)
        {
            var isImage = i > 0 && text[i - 1] == '!';
            if (isImage == image && (!image || i - 1 >= from)) return i;
        }

        return -1;
    }

    private InlineMatch? Addressed(string text, int start, int open, int close, IInlineContext context)
    {
        if (brackets!.Target(close + 1, context) is not { } target) return null;
        var title = target.Title is null ? null : Space.Replace(Dequoted(context.Unmark(target.Title.Trim())), match => new string(' ', match.Length));
        return new(start, target.End, Element(context.Unmark(target.Address).Trim(), title, text[(open + 1)..close], context));
    }

    private InlineMatch? Named(string text, int start, int open, int close, IInlineContext context)
    {
        var name = (open + 1)..close;
        var end = close + 1;
        if (form == Form.Name)
        {
            var at = end < text.Length && char.IsWhiteSpace(text[end]) ? end + 1 : end;
            if (at >= text.Length || text[at] != '[') return null;
            var last = text.IndexOf(']', at);
            if (last < 0) return null;
            if (last > at + 1) name = (at + 1)..last;
            end = last + 1;
        }

        if (context.Document.References.Count == 0 || name.End.Value - name.Start.Value > MaxName) return new(start, end, null);
        return context.Document.References.TryGetValue(Space.Replace(text[name].ToLowerInvariant(), " "), out var reference)
            ? new(start, end, Element(reference.Address, reference.Title, text[(open + 1)..close], context))
            : new(start, end, null);
    }

    private Node Element(string address, string? title, string text, IInlineContext context)
    {
        var element = image
            ? new Node("img").Set("src", address).Set("alt", context.Unmark(text))
            : new Node("a") { Text = text }.Set("href", address);
        if (title is not null) element["title"] = title;
        return element;
    }

    private static string Dequoted(string title) =>
        title.Length >= 2 && (title[0], title[^1]) is ('"', '"') or ('\'', '\'') ? title[1..^1] : title;
}

/// <summary>Addresses between angle brackets.</summary>
internal sealed class AngledLinks(bool hideProtocol) : IInlineRule
{
    public bool MayMatch(string text) => text.Contains("://", StringComparison.Ordinal) && text.Contains('<', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf('<', from); i >= 0; i = i + 1 < text.Length ? text.IndexOf('<', i + 1) : -1)
        {
            if (!IsAddress(text.AsSpan(i + 1))) continue;
            var end = text.AsSpan(i + 1).IndexOfAny('<', '>') + i + 1;
            if (end <= i || text[end] != '>') continue;
            var address = text[(i + 1)..end];
            var shown = hideProtocol ? address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..] : address;
            return new(i, end + 1, new Node("a").Set("href", context.Unmark(address)).Final(shown));
        }

        return null;
    }

    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ftps://", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Mail addresses between angle brackets.</summary>
internal sealed class AngledMail : IInlineRule
{
    public bool MayMatch(string text) => text.Contains('<', StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf('<', from); i >= 0; i = i + 1 < text.Length ? text.IndexOf('<', i + 1) : -1)
        {
            var at = text.AsSpan(i + 1).IndexOfAny("<> !@") + i + 1;
            if (at <= i + 1 || text[at] != '@') continue;
            var end = text.AsSpan(at + 1).IndexOfAny("@<> ") + at + 1;
            if (end <= at + 1 || text[end] != '>') continue;
            var mail = context.Unmark(text[(i + 1)..end]);
            if (mail.StartsWith("mailto:", StringComparison.Ordinal)) mail = mail["mailto:".Length..];
            return new(i, end + 1, MailLinks.Link(mail));
        }

        return null;
    }
}

/// <summary>References to footnotes.</summary>
internal sealed class FootnoteReferences : IInlineRule
{
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>How often each footnote is referred to, by the id of the footnote.</summary>
    public Dictionary<string, int> Count { get; } = new(StringComparer.Ordinal);

    public bool MayMatch(string text) => text.Contains("[^", StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf("[^", from, StringComparison.Ordinal); i >= 0; i = i + 2 < text.Length ? text.IndexOf("[^", i + 2, StringComparison.Ordinal) : -1)
        {
            var close = text.IndexOf(']', i + 2);
            if (close < 0) return null;
            var name = text[(i + 2)..close];
            var number = context.Document.Footnotes.IndexOf(name);
            if (number < 0) continue;

            var times = Count[$"fn:{name}"] = Count.GetValueOrDefault($"fn:{name}") + 1;
            var id = times == 1 ? $"fnref:{name}" : $"fnref{times}:{name}";
            used.Add(id);
            var element = new Node("sup").Set("id", id);
            element.Add("a", $"{number + 1}").Set("class", "footnote-ref").Set("href", $"#fn:{name}");
            return new(i, close + 1, element);
        }

        return null;
    }
}

/// <summary>Abbreviations, wherever they stand as words.</summary>
internal sealed class Abbreviations : IInlineRule
{
    private Dictionary<char, List<KeyValuePair<string, string>>>? byLetter;

    public bool MayMatch(string text) => true;

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        if (context.Document.Abbreviations.Count == 0) return null;
        byLetter ??= context.Document.Abbreviations.GroupBy(entry => entry.Key[0]).ToDictionary(group => group.Key, group => group.ToList());
        for (var i = from; i < text.Length; i++)
        {
            if (!byLetter.TryGetValue(text[i], out var candidates) || !IsBoundary(text, i)) continue;
            foreach (var (name, meaning) in candidates)
            {
                if (context.Work-- <= 0) return null;
                if (string.CompareOrdinal(text, i, name, 0, name.Length) != 0 || !IsBoundary(text, i + name.Length)) continue;
                return new(i, i + name.Length, new Node("abbr").Set("title", meaning).Final(name));
            }
        }

        return null;
    }

    private static bool IsBoundary(string text, int at) =>
        (at > 0 && Blocks.Words.IsWord(text[at - 1])) != (at < text.Length && Blocks.Words.IsWord(text[at]));
}
