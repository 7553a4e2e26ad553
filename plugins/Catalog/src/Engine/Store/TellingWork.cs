using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>
/// The queue of changes that subscribers are to be told of. The commit that makes a change puts it in, so that it is told once,
/// however many replicas there are, and is not lost when they stop.
/// </summary>
internal sealed class TellingWork(IEntityMarks marks, IWorkQueue queue)
{
    public const string Queue = "catalog.subscribers";

    /// <summary>The entities that anybody has subscribed to. Asked before the transaction begins, in which nobody else can commit.</summary>
    public ValueTask<IReadOnlySet<EntityRef>> Subscribed(CancellationToken cancellationToken) => marks.Marked(EntityMark.Subscription, cancellationToken);

    /// <summary>Adds what is worth telling of a commit when it is committed.</summary>
    public Task Add(ITransaction transaction, IReadOnlyList<ChangeRow> changes, IReadOnlySet<EntityRef> subscribed, CancellationToken cancellationToken)
    {
        var worth = subscribed.Count == 0 ? [] : Worth(changes, subscribed).Select(change => new NewWork(change.Seq.ToString(CultureInfo.InvariantCulture))).ToList();
        return worth.Count == 0 ? Task.CompletedTask : queue.Add(transaction, Queue, worth, cancellationToken);
    }

    /// <summary>The line of the change log that a piece of work is about.</summary>
    public static long SequenceOf(Work work) => long.Parse(work.Key, CultureInfo.InvariantCulture);

    // What happened to an entity last says the most; what the portal says of it does not hide what its file says.
    private static IEnumerable<ChangeRow> Worth(IReadOnlyList<ChangeRow> changes, IReadOnlySet<EntityRef> subscribed)
    {
        foreach (var ofOne in changes.GroupBy(change => change.Ref, StringComparer.Ordinal).Where(ofOne => subscribed.Contains(EntityRef.Parse(ofOne.Key))))
        {
            if (ofOne.LastOrDefault(change => change.Change != EntityChangeKind.Status) is { } change)
            {
                yield return change;
            }

            if (ofOne.Last() is { Change: EntityChangeKind.Status } status)
            {
                yield return status;
            }
        }
    }
}
