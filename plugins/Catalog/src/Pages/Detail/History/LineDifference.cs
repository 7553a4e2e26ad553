using System.Text.Json;
using Stagedoor.Catalog.Engine.Declaring;

namespace Stagedoor.Catalog.Pages.Detail;

internal enum LineKind
{
    Same,
    Removed,
    Added,

    /// <summary>Lines that are alike were left out here.</summary>
    Gap,
}

/// <summary>One line of what differs between two values.</summary>
internal readonly record struct DifferingLine(LineKind Kind, string Text)
{
    public char Sign => Kind switch { LineKind.Removed => '-', LineKind.Added => '+', _ => ' ' };

    public string? Class => Kind switch { LineKind.Removed => "bad", LineKind.Added => "ok", _ => "dim" };
}

/// <summary>What differs between two values, line by line: texts as they are, everything else as YAML.</summary>
internal static class LineDifference
{
    private const int Around = 2;

    /// <summary>Where more lines than this differ, they are told as a block: nobody reads them one by one.</summary>
    private const int MostCompared = 400;

    private const int MostShown = 300;

    public static IReadOnlyList<DifferingLine> Of(FieldDifference difference)
    {
        var (before, after) = (Lines(difference.Before), Lines(difference.After));
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        var lines = new List<DifferingLine>();
        Same(lines, before.AsSpan(0, head), keepEnd: true);
        Middle(lines, before[head..^tail], after[head..^tail]);
        Same(lines, before.AsSpan(before.Length - tail), keepEnd: false);
        return lines.Count <= MostShown ? lines : [.. lines.Take(MostShown), new DifferingLine(LineKind.Gap, $"{lines.Count - MostShown} more lines")];
    }

    private static string[] Lines(string? json)
    {
        if (json is null)
        {
            return [];
        }

        var value = JsonElement.Parse(json);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : EntityText.ToYaml(value);
        return text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    private static void Same(List<DifferingLine> lines, ReadOnlySpan<string> same, bool keepEnd)
    {
        var kept = Math.Min(Around, same.Length);
        if (keepEnd && same.Length > kept)
        {
            lines.Add(Gap(same.Length - kept));
        }

        foreach (var line in keepEnd ? same[^kept..] : same[..kept])
        {
            lines.Add(new DifferingLine(LineKind.Same, line));
        }

        if (!keepEnd && same.Length > kept)
        {
            lines.Add(Gap(same.Length - kept));
        }
    }

    private static DifferingLine Gap(int count) => new(LineKind.Gap, $"… {Shown.Count(count, "line", "lines")} alike");

    private static void Middle(List<DifferingLine> lines, string[] before, string[] after)
    {
        if (before.Length > MostCompared || after.Length > MostCompared)
        {
            lines.AddRange(before.Select(line => new DifferingLine(LineKind.Removed, line)));
            lines.AddRange(after.Select(line => new DifferingLine(LineKind.Added, line)));
            return;
        }

        // The longest common subsequence, from the end.
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var (x, y) = (0, 0);
        while (x < before.Length || y < after.Length)
        {
            if (x < before.Length && y < after.Length && before[x] == after[y])
            {
                lines.Add(new DifferingLine(LineKind.Same, before[x]));
                x++;
                y++;
            }
            else if (x < before.Length && (y == after.Length || common[x + 1, y] >= common[x, y + 1]))
            {
                lines.Add(new DifferingLine(LineKind.Removed, before[x++]));
            }
            else
            {
                lines.Add(new DifferingLine(LineKind.Added, after[y++]));
            }
        }
    }
}
