using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>
/// The queue of places that are to be read. Replicas share it, and a place is in it once, so that it is never read twice at the same
/// time. What is wanted of the next reading stands with the place: orders that come while one waits add up.
/// </summary>
internal sealed class RefreshWork(IDatabase database, IWorkQueue queue)
{
    public const string Queue = "catalog.places";

    public Task Add(IReadOnlyCollection<Guid> places, RefreshOrder order, CancellationToken cancellationToken) =>
        order == RefreshOrder.Usual
            ? queue.Add(Queue, Items(places), cancellationToken)
            : database.Transaction(transaction => Add(transaction, places, order, cancellationToken), cancellationToken);

    public async Task Add(ITransaction transaction, IReadOnlyCollection<Guid> places, RefreshOrder order, CancellationToken cancellationToken)
    {
        if (order != RefreshOrder.Usual)
        {
            await Want(transaction, places, order, cancellationToken);
        }

        await queue.Add(transaction, Queue, Items(places), cancellationToken);
    }

    public static Guid PlaceOf(Work work) => Guid.Parse(work.Key);

    /// <summary>What is wanted of the reading that begins now.</summary>
    public Task<RefreshOrder> Take(Guid place, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            var wants = await transaction.Find<string?>(
                Sql.For("select wants from catalog_places where id = @place", "select wants from catalog_places where id = @place for update"), new { place }, cancellationToken);
            if (wants is null)
            {
                return RefreshOrder.Usual;
            }

            await transaction.Execute("update catalog_places set wants = null where id = @place", new { place }, cancellationToken);
            return Read(wants);
        },
        cancellationToken);

    /// <summary>A reading that failed has not done what was wanted: the next one shall.</summary>
    public Task PutBack(Guid place, RefreshOrder order, CancellationToken cancellationToken) =>
        order == RefreshOrder.Usual ? Task.CompletedTask : database.Transaction(transaction => Want(transaction, [place], order, cancellationToken), cancellationToken);

    private static async Task Want(ITransaction transaction, IReadOnlyCollection<Guid> places, RefreshOrder order, CancellationToken cancellationToken)
    {
        var wanting = await transaction.Query<Wanting>(
            Sql.For("select id, wants from catalog_places where id in @places and wants is not null", "select id, wants from catalog_places where id in @places and wants is not null order by id for update"),
            new { places },
            cancellationToken);
        foreach (var (id, wants) in wanting)
        {
            await transaction.Execute("update catalog_places set wants = @both where id = @id", new { id, both = Text(Read(wants).And(order)) }, cancellationToken);
        }

        await transaction.Execute("update catalog_places set wants = @wants where id in @places and wants is null", new { places, wants = Text(order) }, cancellationToken);
    }

    private static IReadOnlyCollection<NewWork> Items(IReadOnlyCollection<Guid> places) => [.. places.Select(place => new NewWork(place.ToString()))];

    private static string Text(RefreshOrder order) => JsonSerializer.Serialize(order, JsonSerializerOptions.Web);

    private static RefreshOrder Read(string wants) => JsonSerializer.Deserialize<RefreshOrder>(wants, JsonSerializerOptions.Web) ?? RefreshOrder.Usual;

    private sealed record Wanting(Guid Id, string Wants);
}

/// <summary>How a place is to be read.</summary>
internal sealed record RefreshOrder
{
    /// <summary>What is known to be unchanged is passed over, a copy may be a little old, and implausible deletions are held back.</summary>
    public static readonly RefreshOrder Usual = new();

    /// <summary>What a person asks for who wants to see a place as it is now.</summary>
    public static RefreshOrder Everything(Caller by) => new() { ReadAll = true, IsUrgent = true, By = by.Ref.ToString() };

    /// <summary>Even what seems unchanged.</summary>
    public bool ReadAll { get; init; }

    /// <summary>Something has changed there for certain, or a person asked: a copy will not do.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>A person has confirmed that what is missing may be deleted.</summary>
    public bool DeleteHeld { get; init; }

    /// <summary>The person who asked.</summary>
    public string? By { get; init; }

    public RefreshOrder And(RefreshOrder other) => new()
    {
        ReadAll = ReadAll || other.ReadAll, IsUrgent = IsUrgent || other.IsUrgent, DeleteHeld = DeleteHeld || other.DeleteHeld, By = other.By ?? By,
    };
}
