using System.Globalization;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Pages.Detail.Repository;

/// <summary>One stretch of the bar of languages.</summary>
/// <param name="Start">Where it begins, in per cent as SVG reads it.</param>
/// <param name="Colour">From 1; 0 for the rest.</param>
internal sealed record LanguageStretch(string Name, string Percent, string Start, string Width, int Colour);

internal static class LanguageBar
{
    public static IReadOnlyList<LanguageStretch> Of(IReadOnlyList<LanguageShare> languages, int most)
    {
        var all = languages.Sum(language => language.Bytes);
        if (all == 0)
        {
            return [];
        }

        List<LanguageShare> shown = languages.Count <= most ? [.. languages] : [.. languages.Take(most - 1), new LanguageShare("Other", languages.Skip(most - 1).Sum(language => language.Bytes))];
        var stretches = new List<LanguageStretch>();
        var start = 0.0;
        foreach (var (index, language) in shown.Index())
        {
            var width = 100.0 * language.Bytes / all;
            var isRest = languages.Count > most && index == shown.Count - 1;
            stretches.Add(new LanguageStretch(language.Name, width is > 0 and < 1 ? "under 1 %" : Say(width, "0") + " %", Say(start, "0.##"), Say(width, "0.##"), isRest ? 0 : index + 1));
            start += width;
        }

        return stretches;
    }

    private static string Say(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
