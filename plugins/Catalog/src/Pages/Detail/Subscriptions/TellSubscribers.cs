using System.Security.Cryptography;
using System.Text;
using Stagedoor.Catalog.Api;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Catalog.Index;
using Stagedoor.Catalog.Pages.Detail.History;
using Stagedoor.Catalog.Pages.Detail.Problems;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Subscriptions;

/// <summary>Tells those who have subscribed to an entity that it changed, is gone, or has a problem.</summary>
internal sealed class TellSubscribers(
    IDatabase database, CatalogIndex index, IEntityMarks marks, INotify notify, ICatalog catalog, EntityHistory history, Visibility visibility, ICallerAccessor callers, TimeProvider time)
{
    private const int MostSentences = 5;
    private const int LongestKey = 200;

    /// <summary>A notification has at most so many recipients.</summary>
    private const int AtOnce = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="sequence">A line of the change log.</param>
    public async Task Tell(long sequence, CancellationToken cancellationToken)
    {
        // The work may be here before this replica serves what it is about.
        await index.WaitFor(sequence, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        if (await database.Find<Line>("select seq, ref, change, at from catalog_changes where seq = @sequence", new { sequence }, cancellationToken) is { } line)
        {
            await Tell(new EntityChange(line.Seq, EntityRef.Parse(line.Ref), line.Change, line.At), cancellationToken);
        }
    }

    private async Task Tell(EntityChange change, CancellationToken cancellationToken)
    {
        var line = await history.Lines(change.Entity, change.Sequence + 1, 1, cancellationToken) is [var newest] ? newest : null;
        var people = await Listening(change.Entity, line?.By, cancellationToken);
        if (people.Count == 0)
        {
            return;
        }

        var entity = await catalog.Find(change.Entity, Caller.Portal, cancellationToken);
        var name = entity?.Title ?? Shown.Name(change.Entity);
        var told = change.Kind switch
        {
            EntityChangeKind.Deleted => About(people, change.Entity, "catalog.deleted", $"{name} was deleted") with
            {
                Body = line?.Place is { } place ? $"It went when {place} no longer declared it.{ByWhom(line)}" : ByWhom(line).Trim(), Severity = Severity.Warning,
            },
            EntityChangeKind.Created => About(people, change.Entity, "catalog.changed", $"{name} is in the catalog") with { Body = ByWhom(line).Trim() },
            EntityChangeKind.Updated => await Changed(people, change, name, line, cancellationToken),
            _ => Status(people, change.Entity, name, entity),
        };
        foreach (var some in people.Chunk(AtOnce))
        {
            await notify.Send(told with { Recipients = some, Body = told.Body is { Length: > 0 } ? told.Body : null }, cancellationToken);
        }
    }

    private async Task<Notification> Changed(IReadOnlyList<EntityRef> people, EntityChange change, string name, HistoryLine? line, CancellationToken cancellationToken)
    {
        if (line is null)
        {
            return About(people, change.Entity, "catalog.changed", $"{name} changed");
        }

        var differences = await history.DifferencesOf(change.Entity, [line], cancellationToken);
        var sentences = ChangeSentence.Of(line, differences.GetValueOrDefault(line.Sequence), MostSentences);
        return About(people, change.Entity, "catalog.changed", line.Fields.Count == 0 ? $"{name} changed" : $"{name} changed: {ChangeSentence.Fields(line.Fields, 3)}") with
        {
            Body = $"{string.Join("\n", sentences)}{ByWhom(line)}",
            Href = $"{EntityPages.Of(change.Entity, "history")}?change={line.Sequence}",
        };
    }

    private static Notification Status(IReadOnlyList<EntityRef> people, EntityRef reference, string name, Entity? entity)
    {
        var troubles = entity is null ? [] : EntityTrouble.OfStatus(entity);
        return troubles.Count == 0
            ? About(people, reference, "catalog.problem", $"{name} is all right again") with { Severity = Severity.Success }
            : About(people, reference, "catalog.problem", $"{name} has a problem") with { Body = $"{troubles[0].What} {troubles[0].Mend}", Severity = Severity.Warning };
    }

    /// <summary>Those who have subscribed, still belong here and may still see it, without whoever did it.</summary>
    private async Task<IReadOnlyList<EntityRef>> Listening(EntityRef entity, string? by, CancellationToken cancellationToken)
    {
        var people = new List<EntityRef>();
        foreach (var person in await marks.WhoHas(EntityMark.Subscription, entity, cancellationToken))
        {
            if (person.ToString() != by && callers.Of(person) is { } caller && caller.May(CatalogPermissions.Read) && await visibility.Sees(entity, caller, cancellationToken))
            {
                people.Add(person);
            }
        }

        return people;
    }

    private static Notification About(IReadOnlyList<EntityRef> people, EntityRef entity, string topic, string title) => new(people, topic, title)
    {
        Entity = entity, Href = EntityPages.Of(entity), Key = KeyOf(topic, entity), Severity = Severity.Info,
    };

    private static string KeyOf(string topic, EntityRef entity) => $"{topic}:{entity}" is { Length: <= LongestKey } key
        ? key
        : $"{topic}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entity.ToString())))}";

    private static string ByWhom(HistoryLine? line) =>
        (line?.By is { } by ? EntityRef.TryParse(by, null, out var person) ? person.Name : by : line?.Author) is { } who
            ? $"\nBy {who}{(line!.Commit is { } commit ? $" in {commit[..Math.Min(7, commit.Length)]}" : "")}."
            : "";

    private sealed record Line(long Seq, string Ref, EntityChangeKind Change, DateTimeOffset At);
}
