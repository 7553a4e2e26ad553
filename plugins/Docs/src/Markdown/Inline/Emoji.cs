using System.Collections.Frozen;
using System.Globalization;
using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Emoji and icons by their short names: :smile:, :material-account:.</summary>
internal sealed class Emoji(EmojiNames names, EmojiIndex index) : IInlineRule
{
    private static readonly string[] Sets = ["material-", "fontawesome-", "octicons-", "simple-"];

    public bool MayMatch(string text) => text.Contains(':', StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf(':', from); i >= 0; i = i + 1 < text.Length ? text.IndexOf(':', i + 1) : -1)
        {
            var end = i + 1;
            while (end < text.Length && (Words.IsWord(text[end]) || text[end] is '+' or '-')) end++;
            if (end == i + 1 || end >= text.Length || text[end] != ':') continue;
            var name = text[(i + 1)..end];
            return new(i, end + 1, Element(name, context) ?? (object)text[i..(end + 1)]);
        }

        return null;
    }

    private Node? Element(string name, IInlineContext context)
    {
        if (names.Find(name, index) is { } emoji) return new Node("span").Set("class", "emoji").Set("title", $":{name}:").Final(emoji);
        if (index != EmojiIndex.Twemoji || !Array.Exists(Sets, set => name.StartsWith(set, StringComparison.Ordinal)) || !context.Document.Options.HasIcon(name)) return null;
        return new Node("span").Set("class", "twemoji").Set("data-icon", name);
    }
}

/// <summary>What short names stand for, by the indexes that MkDocs sites choose from.</summary>
internal sealed class EmojiNames
{
    private readonly FrozenDictionary<string, string>[] byIndex;

    private EmojiNames(FrozenDictionary<string, string>[] byIndex) => this.byIndex = byIndex;

    public static EmojiNames Load()
    {
        var found = new[] { new Dictionary<string, string>(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal) };
        foreach (var line in Data.Lines("emoji.txt"))
        {
            var parts = line.Split(' ');
            var emoji = string.Concat(parts[0].Split('-').Select(point => char.ConvertFromUtf32(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
            foreach (var part in parts.Skip(1))
            {
                var colon = part.IndexOf(':', StringComparison.Ordinal);
                foreach (var name in part[(colon + 1)..].Split(','))
                {
                    foreach (var letter in part.AsSpan(0, colon)) found["egt".IndexOf(letter, StringComparison.Ordinal)][name] = emoji;
                }
            }
        }

        return new EmojiNames([.. found.Select(names => names.ToFrozenDictionary(StringComparer.Ordinal))]);
    }

    public string? Find(string name, EmojiIndex index) => byIndex[(int)index].GetValueOrDefault(name);
}
