namespace Polaris.DeadLetter;

/// <summary>Takes dead letters in: kept first, acknowledged second.</summary>
internal sealed class Intake(IDeadLetterStore store, ILetterBox box)
{
    public async Task Run(CancellationToken cancellationToken)
    {
        await foreach (var letter in box.Letters(cancellationToken))
        {
            await store.Keep(letter, cancellationToken);
            await letter.Acknowledge(cancellationToken);
        }
    }
}
