using Stagedoor.Docs.Yaml;

namespace Stagedoor.Docs.Markdown.Before;

/// <summary>What a page says about itself before its text: YAML between lines of dashes, or lines of keys and values.</summary>
internal static class FrontMatter
{
    private const int MaxYaml = 64 * 1024;

    public static (IReadOnlyDictionary<string, object?> Meta, string Text) Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        if (text.StartsWith("---", StringComparison.Ordinal) && Delimited(text) is { } found)
        {
            return Parse(found.Yaml) is { } meta ? (meta, found.After.TrimStart('\n')) : (new Dictionary<string, object?>(), text);
        }

        return Keys(text);
    }

    private static (string Yaml, string After)? Delimited(string text)
    {
        var start = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        if (start == 0 || text.AsSpan(3, start - 3).Trim(" \t\r\n").Length > 0) return null;
        for (var i = start; i < text.Length && i < MaxYaml;)
        {
            var end = text.IndexOf('\n', i);
            if (end < 0) return null;
            var line = text.AsSpan(i, end - i);
            if (i > start && (line.StartsWith("---") || line.StartsWith("...")) && line[3..].Trim(" \t\r").Length == 0) return (text[start..i], text[(end + 1)..]);
            i = end + 1;
        }

        return null;
    }

    private static Dictionary<string, object?>? Parse(string yaml)
    {
        try
        {
            return YamlFile.Read(yaml) is { } map ? new PlainValues().Map(map) : [];
        }
        catch (YamlFault)
        {
            // MkDocs shows a front matter that it cannot read as part of the text, too.
            return null;
        }
    }

    private static (IReadOnlyDictionary<string, object?> Meta, string Text) Keys(string text)
    {
        var meta = new Dictionary<string, object?>(StringComparer.Ordinal);
        string? last = null;
        var at = 0;
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            var line = text.AsSpan(at, end - at).TrimEnd('\r');
            if (line.Trim().Length == 0)
            {
                at = Math.Min(text.Length, end + 1);
                break;
            }

            if (KeyOf(line) is { } key)
            {
                last = key.Name;
                meta[last] = meta.TryGetValue(last, out var before) ? $"{before} {key.Value}" : key.Value;
            }
            else if (last is not null && (line.StartsWith("    ") || line[0] == '\t'))
            {
                meta[last] = $"{meta[last]} {line.Trim()}";
            }
            else
            {
                break;
            }

            at = Math.Min(text.Length, end + 1);
        }

        return (meta, text[at..].TrimStart('\n'));
    }

    private static (string Name, string Value)? KeyOf(ReadOnlySpan<char> line)
    {
        var start = line.Length - line.TrimStart(' ').Length;
        if (start > 3) return null;
        var colon = line.IndexOf(':');
        if (colon <= start) return null;
        foreach (var letter in line[start..colon])
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-')) return null;
        }

        return (line[start..colon].ToString().ToLowerInvariant(), line[(colon + 1)..].Trim().ToString());
    }
}
