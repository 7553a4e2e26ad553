using System.Text;

namespace Stagedoor.DeadLetters.Bodies;

/// <summary>Bytes as a programmer reads them: place, sixteen bytes, and the letters among them.</summary>
internal static class HexDump
{
    private const int Width = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(((bytes.Length / Width) + 1) * 78);
        for (var at = 0; at < bytes.Length; at += Width)
        {
            var line = bytes.Slice(at, Math.Min(Width, bytes.Length - at));
            text.Append(at.ToString("x8")).Append("  ");
            for (var i = 0; i < Width; i++)
            {
                text.Append(i < line.Length ? line[i].ToString("x2") : "  ").Append(i == 7 ? "  " : " ");
            }

            text.Append(' ');
            foreach (var one in line)
            {
                text.Append(one is >= 0x20 and < 0x7f ? (char)one : '.');
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
