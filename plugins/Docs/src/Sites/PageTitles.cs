using System.Text.RegularExpressions;
using Stagedoor.Docs.Markdown.Before;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Sites;

/// <summary>What a page calls itself, told from its text without rendering it: by its front matter, or by the heading that it begins with.</summary>
internal static partial class PageTitles
{
    private const int MostLooked = 32 * 1024;
    private const int Longest = 300;

    public static string? Of(string text)
    {
        var (meta, rest) = FrontMatter.Read(text.Length > MostLooked ? text[..MostLooked] : text);
        if (meta.GetValueOrDefault("title") is string { Length: > 0 } title)
        {
            return CutText.To(title, Longest);
        }

        var lines = Comment().Replace(rest.TrimStart('\uFEFF', '\n', '\r', ' '), "").TrimStart('\n', '\r', ' ').Split('\n', 3);
        var first = lines[0].TrimEnd('\r', ' ');
        if (first.StartsWith("# ", StringComparison.Ordinal))
        {
            return Plain(first[2..].TrimEnd('#', ' '));
        }

        return lines.Length > 1 && first.Length > 0 && lines[1].TrimEnd('\r', ' ') is { Length: > 0 } under && under.All(c => c == '=') ? Plain(first) : null;
    }

    /// <summary>What stands there for somebody who reads it, marks left out.</summary>
    private static string? Plain(string heading)
    {
        var text = Attributes().Replace(heading, "");
        text = Link().Replace(text, "${text}");
        text = Marks().Replace(text, "");
        return text.Trim() is { Length: > 0 } plain ? CutText.To(plain, Longest) : null;
    }

    [GeneratedRegex(@"\s*\{[:#.][^{}]*\}\s*$", RegexOptions.None, 1000)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"!?\[(?<text>[^\[\]]*)\]\([^()]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\*\*|__|`|(?<=^|\s)[*_]|[*_](?=$|\s|[.,:;!?])|</?[a-zA-Z][^<>]*>", RegexOptions.None, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^(\s*<!--.*?-->)+", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();
}
