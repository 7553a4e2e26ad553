using System.Net;
using Markdig;
using Stagedoor.Plugins;

namespace Stagedoor.UI.Html;

/// <summary>Turns Markdown that anybody may have written into HTML that is safe to show.</summary>
internal static class MarkdownText
{
    /// <summary>Of longer texts the beginning is shown: the time to format a text made to be slow grows with its square.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub)
        .UsePipeTables()
        .UseEmphasisExtras()
        .UseTaskLists()
        .UseFootnotes()
        .UseAutoLinks()
        .UseDefinitionLists()
        .UseAlertBlocks()
        .Build();

    /// <summary>Whether it takes much more room than a screen: its lines, as wide as a card lets them be, and pictures for some lines each.</summary>
    public static bool IsLong(Microsoft.AspNetCore.Components.MarkupString made)
    {
        const int Enough = 60;
        const int Wide = 100;
        const int Picture = 12;
        var html = (made.Value ?? "").AsSpan();
        var lines = html.Count("<img ") * Picture;
        foreach (var line in html.Split('\n'))
        {
            lines += 1 + (html[line].Length / Wide);
        }

        return lines > Enough;
    }

    public static string ToHtml(string? text, Func<string, bool, string?>? resolve = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        try
        {
            return text.Length <= MaxLength
                ? Finished(Markdig.Markdown.ToHtml(text, Pipeline), resolve)
                : Finished(Markdig.Markdown.ToHtml(Beginning(text), Pipeline), resolve) + "<p><em>The text goes on. It is too long to be shown here as a whole.</em></p>";
        }
        catch (ArgumentException)
        {
            // Markdig refuses nesting beyond its limit in this way.
            return Plain("This text is nested too deeply to be formatted. It is shown as it was written.", CutText.Start(text, MaxLength));
        }
    }

    // Code that scrolls can be reached by the keyboard.
    private static string Finished(string html, Func<string, bool, string?>? resolve) => Cleaner.Clean(html, resolve).Replace("<pre>", "<pre tabindex=\"0\">", StringComparison.Ordinal);

    private static string Beginning(string text)
    {
        var beginning = CutText.Start(text, MaxLength);
        var paragraph = beginning.LastIndexOf("\n\n", StringComparison.Ordinal);
        return paragraph > 0 ? beginning[..paragraph] : beginning;
    }

    private static string Plain(string why, string text) => $"<p><em>{why}</em></p><pre>{WebUtility.HtmlEncode(text)}</pre>";
}
