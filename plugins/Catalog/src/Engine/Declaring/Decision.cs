using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Declaring;

/// <summary>
/// Works out what a set of declarations means for what is stored: which entities come, change, go, which declarations win.
/// It reads and writes no database: it is given the rows it concerns, and gathers the rows to write.
/// </summary>
internal sealed class Decision
{
    private readonly Dictionary<string, EntityRow> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntityRow?> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Declaration>> _contenders = new(StringComparer.Ordinal);
    private readonly HashSet<(string Ref, Guid File, int Document)> _contendersGone = [];
    private readonly Dictionary<(string Ref, Guid File, int Document), Declaration> _contendersKept = [];
    private readonly Dictionary<string, string?> _why = new(StringComparer.Ordinal);
    private readonly ILookup<Guid, (string Ref, int Document)> _ofFile;
    private readonly DateTimeOffset _at;
    private long _seq;

    /// <param name="seq">The last sequence of the change log.</param>
    /// <param name="by">The person whose deed this is, if it is one.</param>
    public Decision(IEnumerable<EntityRow> entities, IEnumerable<ContenderRow> contenders, long seq, DateTimeOffset at, string? by)
    {
        foreach (var row in entities)
        {
            _entities[row.Ref] = row;
            _before[row.Ref] = row;
        }

        var lost = contenders.Select(row => row.Declaration).ToList();
        foreach (var declaration in lost)
        {
            Contenders(declaration.Ref).Add(declaration);
        }

        _ofFile = _entities.Values.Select(row => (row.FileId, row.Ref, row.Document))
            .Concat(lost.Select(declaration => (declaration.FileId, declaration.Ref, declaration.Document)))
            .ToLookup(said => said.FileId, said => (said.Ref, said.Document));

        _seq = seq;
        _at = at;
        By = by;
    }

    public string? By { get; }

    /// <summary>The entities that are in the catalog before and not after.</summary>
    public IReadOnlyList<string> Going => [.. _before.Where(pair => pair.Value is not null && !_entities.ContainsKey(pair.Key)).Select(pair => pair.Key)];

    /// <summary>What the documents of a file declared before: the winners and those that lost.</summary>
    public IEnumerable<(string Ref, int Document)> Of(Guid file) => _ofFile[file];

    /// <summary>Forgets everything that was decided.</summary>
    public void Discard()
    {
        _entities.Clear();
        foreach (var (entity, row) in _before.Where(pair => pair.Value is not null).ToList())
        {
            _entities[entity] = row!;
        }

        _contendersKept.Clear();
        _contendersGone.Clear();
    }

    public EntityRow? Find(string entity) => _entities.GetValueOrDefault(entity);

    /// <summary>A document says something about an entity.</summary>
    /// <param name="alone">No other document of the file declares the entity: if one did before, it has moved.</param>
    public void Declare(Declaration said, bool alone)
    {
        if (_entities.GetValueOrDefault(said.Ref) is not { } current)
        {
            Put(said, uid: null);
            return;
        }

        if (current.FileId == said.FileId && (alone || current.Document == said.Document))
        {
            foreach (var twin in Contenders(said.Ref).Where(contender => alone && contender.FileId == said.FileId).ToList())
            {
                Forget(twin);
            }

            Replace(current, said);
            Settle(said.Ref);
            return;
        }

        Contend(said);
        Settle(said.Ref);
    }

    /// <summary>A document that declared an entity does so no more. What is left decides whether the entity goes.</summary>
    public void Withdraw(string entity, Guid file, int document)
    {
        if (Contenders(entity).RemoveAll(contender => contender.FileId == file && contender.Document == document) > 0)
        {
            _contendersKept.Remove((entity, file, document));
            _contendersGone.Add((entity, file, document));
        }

        if (_entities.GetValueOrDefault(entity) is { } current && current.FileId == file && current.Document == document)
        {
            if (Contenders(entity).OrderBy(contender => contender.Rank, StringComparer.Ordinal).FirstOrDefault() is { } next)
            {
                Forget(next);
                Put(next, current.Uid);
            }
            else
            {
                Remove(entity);
            }
        }
    }

    /// <summary>An entity goes, whatever still declares it.</summary>
    public void Remove(string entity)
    {
        _before.TryAdd(entity, null);
        _entities.Remove(entity);
    }

    /// <summary>Brings an entity back as it was, under its old uid.</summary>
    public void Restore(Declaration said, Guid uid) => Put(said, uid);

    /// <summary>Says what is wrong with an entity whose last good version stays, or that all is well again.</summary>
    public void Mark(string entity, string? status)
    {
        if (_entities.GetValueOrDefault(entity) is { } current && current.Status != status)
        {
            _entities[entity] = current with { Status = status };
        }
    }

    public void Orphan(string entity, DateTimeOffset? since)
    {
        if (_entities.GetValueOrDefault(entity) is { } current && current.OrphanSince is null != since is null)
        {
            _entities[entity] = current with { OrphanSince = since };
        }
    }

    /// <summary>Where a change comes from, for the log: the file's location reference.</summary>
    public void Because(string entity, string? place) => _why[entity] = place;

    public Writes Conclude()
    {
        var writes = new Writes();
        foreach (var (entity, before) in _before.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var after = _entities.GetValueOrDefault(entity);
            if (before == after)
            {
                continue;
            }

            if (before is null)
            {
                Created(writes, after!);
            }
            else if (after is null)
            {
                Deleted(writes, before);
            }
            else if (before.Uid == after.Uid && before.Body.AsSpan().SequenceEqual(after.Body) && SameRelations(before, after))
            {
                Touched(writes, before, after);
            }
            else
            {
                Updated(writes, before, after);
            }
        }

        foreach (var kept in _contendersKept.Values)
        {
            writes.Contenders.Add(ContenderRow.Of(kept));
        }

        writes.ContendersGone.AddRange(_contendersGone.Where(gone => !_contendersKept.ContainsKey(gone)));
        return writes;
    }

    private static bool SameRelations(EntityRow before, EntityRow after) =>
        before.Relations == after.Relations
        || RelationText.Read(before.Relations).Select(relation => relation.Undated).ToHashSet().SetEquals(RelationText.Read(after.Relations).Select(relation => relation.Undated));

    private void Created(Writes writes, EntityRow after)
    {
        var seq = ++_seq;
        writes.New.Add(after with
        {
            CreatedSeq = seq, VersionSeq = seq, ChangedAt = _at,
            Relations = RelationText.Write(RelationText.Read(after.Relations).Select(relation => relation with { Since = seq })),
        });
        writes.Changes.Add(Line(seq, after, EntityChangeKind.Created, fields: null));
    }

    private void Deleted(Writes writes, EntityRow before)
    {
        var seq = ++_seq;
        writes.Gone.Add(before.Ref);
        writes.Versions.Add(VersionRow.Of(before, seq, _at));
        writes.PastRelations.AddRange(RelationText.Read(before.Relations).Select(relation => Past(before.Ref, relation, seq)));
        writes.Changes.Add(Line(seq, before, EntityChangeKind.Deleted, fields: null));
    }

    private void Updated(Writes writes, EntityRow before, EntityRow after)
    {
        var seq = ++_seq;
        var was = RelationText.Read(before.Relations).ToDictionary(relation => relation.Undated);
        var now = RelationText.Read(after.Relations)
            .Select(relation => was.Remove(relation.Undated, out var same) ? same : relation with { Since = seq })
            .ToList();
        writes.Changed.Add(after with { VersionSeq = seq, ChangedAt = _at, Relations = RelationText.Write(now) });
        writes.Versions.Add(VersionRow.Of(before, seq, _at));
        writes.PastRelations.AddRange(was.Values.Select(relation => Past(before.Ref, relation, seq)));
        writes.Changes.Add(Line(seq, after, EntityChangeKind.Updated, FieldDifferences.Paths(before.Body, after.Body)));
    }

    /// <summary>The entity is the same; where it stands or how it is has changed.</summary>
    private void Touched(Writes writes, EntityRow before, EntityRow after)
    {
        var seen = before.Status != after.Status || before.OrphanSince != after.OrphanSince;
        writes.Changed.Add(after with { Relations = before.Relations });
        if (seen)
        {
            writes.Changes.Add(Line(++_seq, after, EntityChangeKind.Status, fields: null));
        }
    }

    private ChangeRow Line(long seq, EntityRow row, EntityChangeKind change, IReadOnlyList<string>? fields) => new(
        seq, row.Ref, change, _at, _why.GetValueOrDefault(row.Ref), row.SourceId, row.CommitSha, row.Author,
        change is EntityChangeKind.Created or EntityChangeKind.Updated && By is null ? row.CommittedAt : null, By, fields is null ? null : string.Join('\n', fields));

    private static PastRelationRow Past(string source, DatedRelation relation, long until) =>
        new(relation.Target.ToString(), source, relation.Type, relation.Inverse, relation.Since, until);

    /// <summary>Lets the smallest rank win.</summary>
    private void Settle(string entity)
    {
        var current = _entities[entity];
        var best = Contenders(entity).OrderBy(contender => contender.Rank, StringComparer.Ordinal).FirstOrDefault();
        if (best is null || string.CompareOrdinal(best.Rank, current.Rank) >= 0)
        {
            return;
        }

        Forget(best);
        if (!Ranks.IsRestored(current.Rank))
        {
            Contend(current.Declaration);
        }

        Put(best, current.Uid);
    }

    private void Contend(Declaration declaration)
    {
        var key = (declaration.Ref, declaration.FileId, declaration.Document);
        Contenders(declaration.Ref).RemoveAll(contender => contender.FileId == declaration.FileId && contender.Document == declaration.Document);
        Contenders(declaration.Ref).Add(declaration);
        _contendersGone.Remove(key);
        _contendersKept[key] = declaration;
    }

    private void Forget(Declaration declaration)
    {
        var key = (declaration.Ref, declaration.FileId, declaration.Document);
        Contenders(declaration.Ref).Remove(declaration);
        _contendersKept.Remove(key);
        _contendersGone.Add(key);
    }

    private void Replace(EntityRow current, Declaration said)
    {
        if (current.Hash == said.Hash && current.Status is null && current.OrphanSince is null
            && current.Line == said.Line && current.Rank == said.Rank && current.SourceId == said.SourceId)
        {
            return;
        }

        Put(said, current.Uid);
    }

    private void Put(Declaration said, Guid? uid)
    {
        _before.TryAdd(said.Ref, null);
        var former = _entities.GetValueOrDefault(said.Ref);
        var same = former is not null && former.Hash == said.Hash;

        // Of one commit something else may be understood than before; then the commit's time is not when it changed.
        var committed = same ? former!.CommittedAt : former is not null && former.CommitSha == said.CommitSha ? null : said.CommittedAt;
        _entities[said.Ref] = new EntityRow(
            said.Ref, uid ?? Guid.NewGuid(), said.SourceId, said.PlaceId, said.FileId, said.Document, said.Line, said.Rank, said.Hash,
            said.Body, RelationText.Write(said.Relations.Select(r => new DatedRelation(r.Type, r.Inverse, r.Target, 0))), Status: null, OrphanSince: null,
            same ? former!.CommitSha : said.CommitSha, same ? former!.Author : said.Author,
            committed, former?.CreatedSeq ?? 0, former?.VersionSeq ?? 0, former?.ChangedAt ?? _at);
    }

    private List<Declaration> Contenders(string entity)
    {
        if (!_contenders.TryGetValue(entity, out var list))
        {
            _contenders[entity] = list = [];
        }

        return list;
    }
}

/// <summary>The rows that a decision writes.</summary>
internal sealed class Writes
{
    public List<EntityRow> New { get; } = [];

    public List<EntityRow> Changed { get; } = [];

    public List<string> Gone { get; } = [];

    public List<VersionRow> Versions { get; } = [];

    public List<PastRelationRow> PastRelations { get; } = [];

    public List<ChangeRow> Changes { get; } = [];

    public List<ContenderRow> Contenders { get; } = [];

    public List<(string Ref, Guid File, int Document)> ContendersGone { get; } = [];

    public bool IsEmpty => New.Count + Changed.Count + Gone.Count + Contenders.Count + ContendersGone.Count == 0;
}
