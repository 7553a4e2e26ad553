using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.History;

/// <summary>One thing that happened to an entity.</summary>
/// <param name="At">When the catalog heard of it.</param>
/// <param name="Place">The location reference of the file it came from.</param>
/// <param name="By">The person whose deed it was, if it was one.</param>
/// <param name="Fields">What an update changed.</param>
internal sealed record HistoryLine(
    long Sequence, string Entity, EntityChangeKind Change, DateTimeOffset At, string? Place, string? Commit, string? Author, DateTimeOffset? CommittedAt, string? By, IReadOnlyList<string> Fields)
{
    /// <summary>When it was said: the commit's own time, or else when the catalog heard of it.</summary>
    public DateTimeOffset SaidAt() => CommittedAt ?? At;
}

/// <summary>An entity as it was, or is.</summary>
internal sealed record PastEntity(EntityRow Row, bool IsCurrent);

/// <summary>Which lines of an entity's history are wanted.</summary>
internal enum HistoryFilter
{
    Everything,

    /// <summary>What its declaration said.</summary>
    Changes,

    /// <summary>What the portal said about it.</summary>
    Status,

    /// <summary>What a person did in the portal.</summary>
    ByPeople,
}

/// <summary>What the change log and the former versions tell: what happened, and what was.</summary>
internal sealed class EntityHistory(IDatabase database)
{
    /// <summary>Of larger entities, such as APIs with long definitions, only the fields that changed are told in a list.</summary>
    private const int MostCompared = 64 * 1024;

    private static readonly TimeSpan SameReading = TimeSpan.FromSeconds(30);

    public Task<IReadOnlyList<HistoryLine>> Lines(EntityRef entity, long? before, int limit, CancellationToken cancellationToken) =>
        Lines(entity, before, limit, HistoryFilter.Everything, cancellationToken);

    public async Task<IReadOnlyList<HistoryLine>> Lines(EntityRef entity, long? before, int limit, HistoryFilter only, CancellationToken cancellationToken)
    {
        var filter = only switch
        {
            HistoryFilter.Changes => "and change <> 'Status'",
            HistoryFilter.Status => "and change = 'Status'",
            HistoryFilter.ByPeople => "and by_ref is not null",
            _ => "",
        };
        return
        [
            .. (await database.Query<ChangeRow>(
                $"select * from catalog_changes where ref = @entity and (@before is null or seq < @before) {filter} order by seq desc limit @limit",
                new { entity, before, limit },
                cancellationToken)).Select(Line),
        ];
    }

    /// <summary>The log of the whole catalog after a sequence, the oldest first.</summary>
    public async Task<IReadOnlyList<HistoryLine>> After(long sequence, int limit, CancellationToken cancellationToken) =>
        [
            .. (await database.Query<ChangeRow>(
                "select * from catalog_changes where seq > @sequence order by seq limit @limit", new { sequence, limit }, cancellationToken)).Select(Line),
        ];

    /// <summary>The newest of the whole catalog, the newest first.</summary>
    public async Task<IReadOnlyList<HistoryLine>> Newest(long? before, int limit, CancellationToken cancellationToken) =>
        [
            .. (await database.Query<ChangeRow>(
                "select * from catalog_changes where @before is null or seq < @before order by seq desc limit @limit", new { before, limit }, cancellationToken)).Select(Line),
        ];

    /// <summary>When each of some entities last changed: by its commit where there is one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastChanges(IReadOnlyCollection<string> refs, CancellationToken cancellationToken) => refs.Count == 0
        ? new Dictionary<string, DateTimeOffset>()
        : (await database.Query<LastChange>("select ref, coalesce(committed_at, changed_at) as changed_at from catalog_entities where ref in @refs", new { refs }, cancellationToken))
            .ToDictionary(change => change.Ref, change => change.ChangedAt, StringComparer.Ordinal);

    public Task<long> LastSequence(CancellationToken cancellationToken) =>
        database.Find<long>("select coalesce(max(seq), 0) from catalog_changes", cancellationToken);

    /// <summary>The last sequence at a moment.</summary>
    public Task<long> SequenceAt(DateTimeOffset moment, CancellationToken cancellationToken) =>
        database.Find<long>("select coalesce(max(seq), 0) from catalog_changes where at <= @moment", new { moment }, cancellationToken);

    /// <summary>The oldest moment that history still reaches back to; nothing if there is none yet.</summary>
    public Task<DateTimeOffset?> Beginning(CancellationToken cancellationToken) =>
        database.Find<DateTimeOffset?>("select min(at) from catalog_changes", cancellationToken);

    /// <summary>An entity as it was after a change; nothing if it did not exist then.</summary>
    public async Task<PastEntity?> At(EntityRef entity, long sequence, CancellationToken cancellationToken)
    {
        var current = await database.Find<EntityRow>("select * from catalog_entities where ref = @entity", new { entity }, cancellationToken);
        if (current is not null && current.VersionSeq <= sequence)
        {
            return new PastEntity(current, IsCurrent: true);
        }

        var past = await database.Find<VersionRow>(
            "select * from catalog_versions where ref = @entity and from_seq <= @sequence and until_seq > @sequence", new { entity, sequence }, cancellationToken);
        return past is null ? null : new PastEntity(Row(past), IsCurrent: false);
    }

    /// <summary>The last version of an entity that is not there any more.</summary>
    public async Task<EntityRow?> LastOf(EntityRef entity, CancellationToken cancellationToken)
    {
        var past = await database.Find<VersionRow>("select * from catalog_versions where ref = @entity order by until_seq desc limit 1", new { entity }, cancellationToken);
        return past is null ? null : Row(past);
    }

    /// <summary>
    /// What the same place of the same file declares since an entity is gone: it was probably given another name. Nothing if there is no such thing.
    /// </summary>
    public async Task<EntityRef?> SuccessorOf(EntityRef entity, CancellationToken cancellationToken)
    {
        if (await LastOf(entity, cancellationToken) is not { } last)
        {
            return null;
        }

        // Born in the reading in which the other one went, and not merely moved up in its file.
        var (from, to) = (last.ChangedAt - SameReading, last.ChangedAt + SameReading);
        var name = await database.Find<string>(
            """
            select e.ref from catalog_entities e join catalog_changes c on c.seq = e.created_seq
            where e.file_id = @FileId and e.document = @Document and c.at >= @from and c.at <= @to order by e.ref limit 1
            """,
            new { last.FileId, last.Document, from, to },
            cancellationToken);
        return name is null ? null : EntityRef.Parse(name);
    }

    /// <summary>Former versions of an entity that ended at these changes, without those too large to compare in passing.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<FieldDifference>>> DifferencesOf(
        EntityRef entity, IReadOnlyList<HistoryLine> lines, CancellationToken cancellationToken)
    {
        var changed = lines.Where(line => line.Change == EntityChangeKind.Updated).Select(line => line.Sequence).ToList();
        if (changed.Count == 0)
        {
            return new Dictionary<long, IReadOnlyList<FieldDifference>>();
        }

        // Each change ends one version and begins the next.
        var versions = await database.Query<BodyRow>(
            """
            select from_seq, until_seq, body from catalog_versions where ref = @entity and length(body) <= @MostCompared and (until_seq in @changed or from_seq in @changed)
            union all select version_seq as from_seq, 9223372036854775807 as until_seq, body from catalog_entities where ref = @entity and length(body) <= @MostCompared
            """,
            new { entity, changed, MostCompared },
            cancellationToken);
        var found = new Dictionary<long, IReadOnlyList<FieldDifference>>();
        foreach (var sequence in changed)
        {
            if (versions.FirstOrDefault(version => version.UntilSeq == sequence) is { } before && versions.FirstOrDefault(version => version.FromSeq == sequence) is { } after)
            {
                found[sequence] = FieldDifferences.Of(before.Body, after.Body);
            }
        }

        return found;
    }

    /// <summary>What others had to do with an entity after a change, as relations from the entity.</summary>
    public async Task<IReadOnlyList<EntityRelation>> IncomingAt(
        EntityRef entity, long sequence, IEnumerable<EntityRef> relatedNow, CancellationToken cancellationToken)
    {
        var ended = await database.Query<PastRelationRow>(
            "select * from catalog_past_relations where target = @entity and until_seq > @sequence and from_seq <= @sequence", new { entity, sequence }, cancellationToken);
        var sources = relatedNow.Select(related => related.ToString()).Distinct(StringComparer.Ordinal).ToList();
        var rows = sources.Count == 0
            ? []
            : await database.Query<Relating>("select ref, relations from catalog_entities where ref in @sources", new { sources }, cancellationToken);
        var lasting = rows.SelectMany(row => RelationText.Read(row.Relations)
            .Where(relation => relation.Target == entity && relation.Since <= sequence)
            .Select(relation => new EntityRelation(relation.Inverse, EntityRef.Parse(row.Ref))));
        return [.. lasting.Concat(ended.Select(relation => new EntityRelation(relation.Inverse, EntityRef.Parse(relation.SourceRef)))).Distinct()];
    }

    public static IReadOnlyList<FieldDifference> Differences(EntityRow? before, EntityRow? after) =>
        FieldDifferences.Of(before?.Body ?? "{}"u8, after?.Body ?? "{}"u8);

    private static HistoryLine Line(ChangeRow row) => new(
        row.Seq, row.Ref, row.Change, row.At, row.Place, row.CommitSha, row.Author, row.CommittedAt, row.ByRef,
        row.Fields is { Length: > 0 } fields ? fields.Split('\n') : []);

    public static EntityRow Row(VersionRow past) => new(
        past.Ref, past.Uid, past.SourceId, past.PlaceId, past.FileId, past.Document, past.Line, past.Rank, past.Hash, past.Body, past.Relations,
        Status: null, OrphanSince: null, past.CommitSha, past.Author, past.CommittedAt, past.CreatedSeq, past.FromSeq, past.UntilAt);

    private sealed record LastChange(string Ref, DateTimeOffset ChangedAt);

    private sealed record BodyRow(long FromSeq, long UntilSeq, byte[] Body);

    private sealed record Relating(string Ref, string Relations);
}
