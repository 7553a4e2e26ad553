using Stagedoor.Docs.Markdown;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Rendering;

/// <summary>Renders a page for nobody after each start, so that the first reader does not wait for the program to be compiled.</summary>
internal sealed class WarmRendering(MarkdownRenderer renderer) : IBackgroundWork
{
    private const string Page =
        """
        ---
        title: Warm
        ---
        # Warm {#top}

        Words, *more*, **strong**, `code`, [a link](page.md#there), ![a picture](x.png), :rocket:, ++ctrl+a++, ==marked==, H~2~O, x^2^ and a note[^1]. https://example.com

        - a list
          - in a list
        - [x] a task

        1. numbered

        | a | b |
        |---|--:|
        | c | 1 |

        !!! note "A note"

            With words.

        ??? tip
            Folded.

        === "One"

            ```csharp title="A.cs" hl_lines="1"
            var a = 1;
            ```

        === "Two"

            Words.

        > quoted

        Term
        :   What it means.

        <div markdown>*inside*</div>

        *[Words]: What is read
        [^1]: The note.
        """;

    public Task Run(CancellationToken stopping)
    {
        // The compiler takes its time to find out what is worth its best work.
        for (var i = 0; i < 40 && !stopping.IsCancellationRequested; i++)
        {
            renderer.Render(Page, new MarkdownOptions());
        }

        return Task.CompletedTask;
    }
}
