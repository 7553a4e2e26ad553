using Stagedoor.Plugins;

namespace Acme.Chaos;

internal sealed record Beats(long Count, long DistinctFirings, IReadOnlyList<string> Replicas);

internal sealed record SlowRow(string What, string Replica);

/// <summary>All rows that chaos leaves behind.</summary>
internal sealed class ChaosStore(IDatabase database, TimeProvider time, Replica replica)
{
    public Task RecordBeat(DateTimeOffset dueAt, CancellationToken cancellationToken) => database.Execute(
        "insert into chaos_beats (replica, due_at, at) values (@replica, @dueAt, @at)",
        new { replica = replica.Name, dueAt, at = time.GetUtcNow() },
        cancellationToken);

    public async Task<Beats> Beats(CancellationToken cancellationToken)
    {
        var count = await database.Find<long>("select count(*) from chaos_beats", cancellationToken);
        var firings = await database.Find<long>("select count(distinct due_at) from chaos_beats", cancellationToken);
        var replicas = await database.Query<string>("select distinct replica from chaos_beats order by replica", cancellationToken);
        return new Beats(count, firings, replicas);
    }

    public Task RecordItem(Guid operation, string item, CancellationToken cancellationToken) => database.Execute(
        "insert into chaos_items (operation, item, replica, at) values (@operation, @item, @replica, @at)",
        new { operation = operation.ToString(), item, replica = replica.Name, at = time.GetUtcNow() },
        cancellationToken);

    /// <summary>How many times each item of an operation was handled.</summary>
    public async Task<(long Handled, long Distinct, IReadOnlyList<string> Replicas)> Items(Guid operation, CancellationToken cancellationToken)
    {
        var of = new { operation = operation.ToString() };
        var handled = await database.Find<long>("select count(*) from chaos_items where operation = @operation", of, cancellationToken);
        var distinct = await database.Find<long>("select count(distinct item) from chaos_items where operation = @operation", of, cancellationToken);
        var replicas = await database.Query<string>("select distinct replica from chaos_items where operation = @operation order by replica", of, cancellationToken);
        return (handled, distinct, replicas);
    }

    public Task RecordSlow(string what, CancellationToken cancellationToken) => database.Execute(
        "insert into chaos_slow (what, replica, at) values (@what, @replica, @at)",
        new { what, replica = replica.Name, at = time.GetUtcNow() },
        cancellationToken);

    public Task<IReadOnlyList<SlowRow>> SlowRows(CancellationToken cancellationToken) =>
        database.Query<SlowRow>("select what, replica from chaos_slow order by id", cancellationToken);
}
