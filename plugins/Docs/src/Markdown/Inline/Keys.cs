using System.Collections.Frozen;
using System.Net;
using Stagedoor.Docs.Markdown.After;
using Stagedoor.Docs.Markdown.Blocks;
using Stagedoor.Docs.Markdown.Tree;

namespace Stagedoor.Docs.Markdown.Inline;

/// <summary>Keys to press: ++ctrl+alt+del++.</summary>
internal sealed class Keys(KeyNames names) : IInlineRule
{
    public bool MayMatch(string text) => text.Contains("++", StringComparison.Ordinal);

    public InlineMatch? Find(string text, int from, IInlineContext context)
    {
        for (var i = text.IndexOf("++", from, StringComparison.Ordinal); i >= 0; i = i + 1 < text.Length ? text.IndexOf("++", i + 1, StringComparison.Ordinal) : -1)
        {
            var slashes = Code.Slashes(text, i);
            if (slashes >= 2 && slashes % 2 == 0 && i - slashes >= from) return new(i - slashes, i, string.Concat(Enumerable.Repeat(Marks.ABackslash, slashes / 2)));
            if (slashes > 0) continue;
            if (Read(text, i + 2, context) is not { } found) continue;
            var keys = found.Keys.ConvertAll(KeyOf);
            if (keys.TrueForAll(key => key is not null)) return new(i, found.End, Element(keys!));
        }

        return null;
    }

    private static (List<string> Keys, int End)? Read(string text, int at, IInlineContext context)
    {
        var keys = new List<string>();
        while (at < text.Length)
        {
            var start = at;
            if (text[at] is '"' or '\'')
            {
                var quote = text[at++];
                while (at < text.Length && text[at] != quote && context.Work-- > 0) at += text[at] == '\\' ? 2 : 1;
                if (at >= text.Length || text[at] != quote || at == start + 1) return null;
                at++;
            }
            else
            {
                while (at < text.Length && (Words.IsWord(text[at]) || text[at] == '-')) at++;
                if (at == start) return null;
            }

            keys.Add(text[start..at]);
            if (at + 1 < text.Length && text[at] == '+' && text[at + 1] == '+') return (keys, at + 2);
            if (at >= text.Length || text[at] != '+') return null;
            at++;
        }

        return null;
    }

    private (string? Name, string Label)? KeyOf(string key)
    {
        if (key[0] is '"' or '\'') return (null, WebUtility.HtmlDecode(Unescape(key[1..^1])).Trim());
        return names.Find(key);
    }

    private static string Unescape(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static Node Element(List<(string? Name, string Label)?> keys)
    {
        var element = new Node("span").Set("class", "keys");
        foreach (var (name, label) in keys.Select(key => key!.Value))
        {
            if (element.HasChildren) element.Add("span").Final("+");
            var key = element.Add("kbd").Final(label);
            if (name is not null) key["class"] = "key-" + name;
        }

        return element;
    }
}

/// <summary>The names of keys, and what stands on them.</summary>
internal sealed class KeyNames
{
    private readonly FrozenDictionary<string, (string Name, string Label)> names;

    private KeyNames(FrozenDictionary<string, (string Name, string Label)> names) => this.names = names;

    public static KeyNames Load()
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var line in Data.Lines("keys.txt"))
        {
            var parts = line.Split('\t');
            found[parts[0]] = (parts[0], parts[1]);
            foreach (var other in parts.Length > 2 ? parts[2].Split(',') : []) found[other] = (parts[0], parts[1]);
        }

        return new KeyNames(found.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public (string? Name, string Label)? Find(string key) => names.TryGetValue(key, out var found) ? found : null;
}
