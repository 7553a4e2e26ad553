using System.Text;

namespace Stagedoor.Docs.Sites;

/// <summary>The text of a file that somebody else wrote.</summary>
/// <param name="Note">What was wrong with its bytes, in a sentence for a reader.</param>
internal sealed record PageText(string Text, string? Note)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static PageText Of(byte[] content)
    {
        if (content.AsSpan().StartsWith("version https://git-lfs.github.com/spec/"u8))
        {
            return new PageText("", "This file lies in Git LFS. What is in the repository is only a note of where, so there is nothing to show.");
        }

        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return new PageText((content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content.AsSpan(2)), null);
        }

        try
        {
            return new PageText(Strict.GetString(content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(3) : content), null);
        }
        catch (DecoderFallbackException)
        {
            return new PageText(Encoding.Latin1.GetString(content), "This file is not written in UTF-8. It is shown as Latin-1, and some letters may be wrong.");
        }
    }
}
