using Stagedoor.Plugins;

namespace Stagedoor.Home.Start;

/// <summary>Which cards the start page shows, and in which order, as the operator says.</summary>
internal static class CardOrder
{
    private const string TheRest = "*";

    public static IReadOnlyList<SlotContribution> Of(HomeOptions options, IReadOnlyList<SlotContribution> cards)
    {
        var shown = cards.Where(card => !Names(options.Hide, card)).ToList();
        if (options.Cards.Count == 0)
        {
            return shown;
        }

        var rest = shown.Where(card => !Names(options.Cards, card)).ToList();
        return [.. options.Cards.Distinct(StringComparer.Ordinal).SelectMany(name => name == TheRest ? rest : shown.Where(card => card.FullName == name))];
    }

    /// <summary>What is named and is not there: a typing error, or a plugin that is gone.</summary>
    public static IReadOnlyList<string> Unknown(HomeOptions options, IReadOnlyList<SlotContribution> cards) =>
        [.. options.Cards.Concat(options.Hide).Distinct(StringComparer.Ordinal).Where(name => name != TheRest && cards.All(card => card.FullName != name))];

    private static bool Names(IReadOnlyList<string> names, SlotContribution card) => names.Contains(card.FullName, StringComparer.Ordinal);
}
