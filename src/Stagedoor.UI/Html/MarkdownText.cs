using System.Net;
using Markdig;

namespace Stagedoor.UI.Html;

/// <summary>Turns Markdown that anybody may have written into HTML that is safe to show.</summary>
internal static class MarkdownText
{
    /// <summary>Longer texts are shown as they are: they are no prose, and rendering them would cost everybody else.</summary>
    public const int MaxLength = 256 * 1024;

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

    public static string ToHtml(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        if (text.Length > MaxLength)
        {
            return Plain("This text is too long to be formatted. Its beginning is shown as it was written.", text[..MaxLength]);
        }

        try
        {
            return Cleaner.Clean(Markdig.Markdown.ToHtml(text, Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig refuses nesting beyond its limit in this way.
            return Plain("This text is nested too deeply to be formatted. It is shown as it was written.", text);
        }
    }

    private static string Plain(string why, string text) => $"<p><em>{why}</em></p><pre>{WebUtility.HtmlEncode(text)}</pre>";
}
