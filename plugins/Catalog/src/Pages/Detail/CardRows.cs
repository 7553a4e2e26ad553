using Stagedoor.Catalog.Pages.Detail.Repository;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>The cards of an overview. A readme is as tall as several others, so those that fit stand beside it, one below the other.</summary>
internal sealed record CardRows(IReadOnlyList<SlotContribution> Before, SlotContribution? Tall, IReadOnlyList<SlotContribution> Beside, IReadOnlyList<SlotContribution> After)
{
    private const int Columns = 12;
    private const int MostBeside = 3;

    public static CardRows None { get; } = new([], null, [], []);

    public static CardRows Of(IReadOnlyList<SlotContribution> cards)
    {
        var at = cards.Index().Where(card => card.Item.Component == typeof(ReadmeCard)).Select(card => card.Index).DefaultIfEmpty(-1).First();
        List<SlotContribution> beside = at < 0 ? [] : [.. cards.Skip(at + 1).Where(card => card.Span <= Columns - cards[at].Span).Take(MostBeside)];
        return beside.Count == 0
            ? new CardRows(cards, null, [], [])
            : new CardRows([.. cards.Take(at)], cards[at], beside, [.. cards.Skip(at + 1).Except(beside)]);
    }
}
