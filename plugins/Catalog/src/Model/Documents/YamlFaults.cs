using YamlDotNet.Core;

namespace Stagedoor.Catalog.Model.Documents;

/// <summary>Says in a sentence what a YAML parser stumbled over.</summary>
internal static class YamlFaults
{
    public static Fault Explain(YamlException broken, Piece piece)
    {
        var lineInPiece = Math.Max(1, (int)broken.Start.Line);
        var line = LineAt(piece.Text, lineInPiece);
        var message = line.AsSpan(0, line.Length - line.TrimStart().Length).Contains('\t')
            ? "This line is indented by a tab; YAML wants spaces."
            : $"This is not YAML: {Plain(broken.Message)}";
        return new Fault(lineInPiece + piece.Line - 1, "", message);
    }

    private static string LineAt(string text, int number)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (--number == 0)
            {
                return line.ToString();
            }
        }

        return "";
    }

    private static string Plain(string message)
    {
        var text = message.StartsWith("While ", StringComparison.Ordinal) ? "w" + message[1..] : message;
        return text.EndsWith('.') ? text : text + ".";
    }
}
