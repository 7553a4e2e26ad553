using System.Text.Json;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>The queue of places that are to be read. Replicas share it; a place is in it once.</summary>
internal sealed class RefreshWork(IWorkQueue queue)
{
    public const string Queue = "catalog.places";

    public Task Add(IReadOnlyCollection<Guid> places, RefreshOrder order, CancellationToken cancellationToken) =>
        queue.Add(Queue, [.. places.Select(place => Item(place, order))], cancellationToken);

    public Task Add(ITransaction transaction, IReadOnlyCollection<Guid> places, RefreshOrder order, CancellationToken cancellationToken) =>
        queue.Add(transaction, Queue, [.. places.Select(place => Item(place, order))], cancellationToken);

    public static (Guid Place, RefreshOrder Order) Read(Work work) =>
        (Guid.Parse(work.Key[..36]), work.Payload is null ? new RefreshOrder() : JsonSerializer.Deserialize<RefreshOrder>(work.Payload, JsonSerializerOptions.Web) ?? new RefreshOrder());

    /// <summary>An order that says more than "look again" has a key of its own, so that one that waits already does not swallow it.</summary>
    private static NewWork Item(Guid place, RefreshOrder order)
    {
        var key = (order.ReadAll, order.DeleteHeld) switch
        {
            (_, true) => $"{place} confirmed",
            (true, _) => $"{place} all",
            _ when order.IsUrgent => $"{place} now",
            _ => place.ToString(),
        };
        return new NewWork(key, JsonSerializer.Serialize(order, JsonSerializerOptions.Web));
    }
}

/// <summary>How a place is to be read.</summary>
internal sealed record RefreshOrder
{
    /// <summary>Even what seems unchanged.</summary>
    public bool ReadAll { get; init; }

    /// <summary>Something has changed there for certain, or a person asked: a copy will not do.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>A person has confirmed that what is missing may be deleted.</summary>
    public bool DeleteHeld { get; init; }

    /// <summary>The person who asked.</summary>
    public string? By { get; init; }
}
