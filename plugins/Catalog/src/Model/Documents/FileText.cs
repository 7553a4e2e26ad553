using System.Text;
using System.Text.Unicode;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>The bytes of a file as text: UTF-8, or what its first bytes say.</summary>
internal static class FileText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="BrokenDocumentException">It is not text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > DocumentLimits.MaxBytes)
        {
            throw new BrokenDocumentException(0, $"This file has {bytes.Length / 1024 / 1024} MB; at most {DocumentLimits.MaxBytes / 1024 / 1024} MB are allowed. Split it.");
        }

        var text = Detect(bytes) switch
        {
            { } wide => DecodeWide(bytes, wide),
            null => DecodeUtf8(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes),
        };
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        return nul < 0 ? text : throw new BrokenDocumentException(LineOf(text.AsSpan(0, nul)), "Here stands a NUL character, so this is not a text file.");
    }

    public static int LineOf(ReadOnlySpan<char> before)
    {
        var line = 1;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] == '\n' || (before[i] == '\r' && (i + 1 == before.Length || before[i + 1] != '\n')))
            {
                line++;
            }
        }

        return line;
    }

    private static UnicodeEncoding? Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        _ => null,
    };

    private static string DecodeWide(ReadOnlySpan<byte> bytes, UnicodeEncoding encoding)
    {
        try
        {
            return encoding.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new BrokenDocumentException(0, "This looks like UTF-16, but some of it is not. Save the file as UTF-8.");
        }
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return StrictUtf8.GetString(bytes);
        }

        var right = 0;
        while (Rune.DecodeFromUtf8(bytes[right..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            right += length;
        }

        var before = StrictUtf8.GetString(bytes[..right]);
        var line = LineOf(before);
        var column = before.Length - (before.LastIndexOf('\n') + 1) + 1;
        throw new BrokenDocumentException(line, $"The byte 0x{bytes[right]:X2} in column {column} is not UTF-8. Save the file as UTF-8.");
    }
}
