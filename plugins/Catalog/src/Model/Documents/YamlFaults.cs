using YamlDotNet.Core;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Says in a sentence what a YAML parser stumbled over.</summary>
internal static class YamlFaults
{
    public static Fault Explain(YamlException broken, Piece piece)
    {
        var lineInPiece = Math.Max(1, (int)broken.Start.Line);
        return TabbedLine(piece.Text, lineInPiece) is { } tabbed
            ? new Fault(tabbed + piece.Line - 1, "", "This line is indented by a tab; YAML wants spaces.")
            : new Fault(lineInPiece + piece.Line - 1, "", $"This is not YAML: {Plain(broken.Message)}");
    }

    /// <summary>A tab is often noticed only lines after, or told at the line before.</summary>
    private static int? TabbedLine(string text, int near)
    {
        const int Around = 3;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number > near + Around)
            {
                return null;
            }

            if (number >= near - Around && line[..(line.Length - line.TrimStart().Length)].Contains('\t') && !line.Trim().IsEmpty)
            {
                return number;
            }
        }

        return null;
    }

    private static string Plain(string message)
    {
        var text = message.StartsWith("While ", StringComparison.Ordinal) ? "w" + message[1..] : message;
        return text.EndsWith('.') ? text : text + ".";
    }
}
