using Stagedoor.Plugins;

namespace Acme.Chaos;

/// <summary>One row for each firing, with the time it was due: two rows for one time mean that it ran twice.</summary>
internal sealed class Beat(ChaosStore store) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        await store.RecordBeat(job.DueAt, cancellationToken);
        job.Summary = "1 beat";
    }
}

/// <summary>Says that it began, and a minute later that it ended.</summary>
internal sealed class LongRun(ChaosStore store) : IScheduledJob
{
    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        await store.RecordSlow("began", cancellationToken);
        await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
        await store.RecordSlow("ended", cancellationToken);
    }
}

internal sealed class Explode : IScheduledJob
{
    public Task Run(JobContext job, CancellationToken cancellationToken) => throw new InvalidOperationException("This job was made to explode.");
}

/// <summary>Two hundred items, each of which leaves a row.</summary>
internal sealed class SlowOperation(ChaosStore store, Microsoft.Extensions.Options.IOptions<ChaosOptions> options) : IOperationHandler
{
    public const int Items = 200;

    public async Task Run(OperationContext operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var id = operation.Operation.Id;
        await operation.Log($"Attempt {operation.Operation.Attempt}", cancellationToken);
        await operation.Each(
            [.. Enumerable.Range(0, Items).Select(number => $"item-{number:000}")],
            item => item,
            async (item, token) =>
            {
                await Task.Delay(options.Value.ItemMilliseconds, token);
                await store.RecordItem(id, item, token);
                return ItemResult.Succeeded();
            },
            options: null,
            cancellationToken);
    }
}
