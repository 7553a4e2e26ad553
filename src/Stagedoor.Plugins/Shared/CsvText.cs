using System.Buffers;
using System.Text;

namespace Stagedoor.Plugins;

/// <summary>Lines of a CSV file (RFC 4180) that a spreadsheet shows and does not compute.</summary>
public static class CsvText
{
    // What begins so, a spreadsheet takes for a formula, and a formula can call out.
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    public static void Line(StringBuilder into, params IEnumerable<string?> cells)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(cells);
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                into.Append(',');
            }

            first = false;
            Cell(into, cell ?? "");
        }

        into.Append("\r\n");
    }

    private static void Cell(StringBuilder into, string cell)
    {
        var harmful = cell.Length > 0 && Beginnings.Contains(cell.AsSpan().TrimStart(' ') is { Length: > 0 } text ? text[0] : ' ');
        if (!harmful && cell.AsSpan().IndexOfAny(Quoted) < 0)
        {
            into.Append(cell);
            return;
        }

        into.Append('"').Append(harmful ? "'" : "").Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
