namespace Stagedoor.DeadLetters.Ingest;

/// <summary>
/// How many messages to ask for at once: as many as configured, and with large bodies so few that memory holds them. It begins
/// small, for nobody knows how large the first ones are.
/// </summary>
internal sealed class Prefetch(int most, long mostBytes)
{
    private const int First = 16;
    private const int Fewest = 2;
    private double _size;

    public ushort Now { get; private set; } = (ushort)Math.Min(most, First);

    /// <summary>Learns from what came. True if another number is now right by so much that it is worth to ask anew.</summary>
    public bool Changes(IReadOnlyCollection<Delivery> batch)
    {
        if (batch.Count == 0)
        {
            return false;
        }

        // Large ones are believed at once, small ones bit by bit.
        var size = Math.Max(1_024, batch.Average(delivery => (double)delivery.Body.Length));
        _size = size > _size ? size : (_size * 0.5) + (size * 0.5);
        var right = (int)Math.Clamp(mostBytes / _size, Math.Min(Fewest, most), most);
        if (right >= Now / 2 && right <= Now * 2)
        {
            return false;
        }

        Now = (ushort)right;
        return true;
    }
}
