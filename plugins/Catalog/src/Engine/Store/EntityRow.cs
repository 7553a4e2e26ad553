using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>An entity that is in the catalog: the declaration that has won, and what the catalog knows of it.</summary>
internal sealed record EntityRow(
    string Ref, Guid Uid, Guid SourceId, Guid PlaceId, Guid FileId, int Document, int Line, string Rank, string Hash, byte[] Body, string Relations,
    string? Status, DateTimeOffset? OrphanSince, string? CommitSha, string? Author, DateTimeOffset? CommittedAt, long CreatedSeq, long VersionSeq, DateTimeOffset ChangedAt)
{
    private static readonly IReadOnlyList<BulkColumn<EntityRow>> Columns =
    [
        BulkColumn<EntityRow>.Of("ref", row => row.Ref),
        BulkColumn<EntityRow>.Of("uid", row => row.Uid),
        BulkColumn<EntityRow>.Of("source_id", row => row.SourceId),
        BulkColumn<EntityRow>.Of("place_id", row => row.PlaceId),
        BulkColumn<EntityRow>.Of("file_id", row => row.FileId),
        BulkColumn<EntityRow>.Of("document", row => row.Document),
        BulkColumn<EntityRow>.Of("line", row => row.Line),
        BulkColumn<EntityRow>.Of("rank", row => row.Rank),
        BulkColumn<EntityRow>.Of("hash", row => row.Hash),
        BulkColumn<EntityRow>.Of("body", row => row.Body),
        BulkColumn<EntityRow>.Of("relations", row => row.Relations),
        BulkColumn<EntityRow>.Of("status", row => row.Status),
        BulkColumn<EntityRow>.Of("orphan_since", row => row.OrphanSince),
        BulkColumn<EntityRow>.Of("commit_sha", row => row.CommitSha),
        BulkColumn<EntityRow>.Of("author", row => row.Author),
        BulkColumn<EntityRow>.Of("committed_at", row => row.CommittedAt),
        BulkColumn<EntityRow>.Of("created_seq", row => row.CreatedSeq),
        BulkColumn<EntityRow>.Of("version_seq", row => row.VersionSeq),
        BulkColumn<EntityRow>.Of("changed_at", row => row.ChangedAt),
    ];

    public static readonly BulkInsert<EntityRow> New = new("catalog_entities", Columns);

    public static readonly BulkInsert<EntityRow> Changed = new(
        "catalog_entities",
        Columns,
        """
        (ref) do update set uid = excluded.uid, source_id = excluded.source_id, place_id = excluded.place_id, file_id = excluded.file_id,
            document = excluded.document, line = excluded.line, rank = excluded.rank, hash = excluded.hash, body = excluded.body,
            relations = excluded.relations, status = excluded.status, orphan_since = excluded.orphan_since, commit_sha = excluded.commit_sha,
            author = excluded.author, committed_at = excluded.committed_at, created_seq = excluded.created_seq, version_seq = excluded.version_seq, changed_at = excluded.changed_at
        """);

    public Declaration Declaration => new(Ref, SourceId, PlaceId, FileId, Document, Line, Rank, Hash, Body, RelationText.Read(Relations).Select(r => r.Undated).ToList(), CommitSha, Author, CommittedAt);
}

/// <summary>A former version of an entity.</summary>
internal sealed record VersionRow(
    string Ref, long FromSeq, long UntilSeq, DateTimeOffset UntilAt, Guid Uid, Guid SourceId, Guid PlaceId, Guid FileId, int Document, int Line, string Rank,
    string Hash, byte[] Body, string Relations, string? CommitSha, string? Author, DateTimeOffset? CommittedAt, long CreatedSeq)
{
    public static readonly BulkInsert<VersionRow> Into = new(
        "catalog_versions",
        [
            BulkColumn<VersionRow>.Of("ref", row => row.Ref),
            BulkColumn<VersionRow>.Of("from_seq", row => row.FromSeq),
            BulkColumn<VersionRow>.Of("until_seq", row => row.UntilSeq),
            BulkColumn<VersionRow>.Of("until_at", row => row.UntilAt),
            BulkColumn<VersionRow>.Of("uid", row => row.Uid),
            BulkColumn<VersionRow>.Of("source_id", row => row.SourceId),
            BulkColumn<VersionRow>.Of("place_id", row => row.PlaceId),
            BulkColumn<VersionRow>.Of("file_id", row => row.FileId),
            BulkColumn<VersionRow>.Of("document", row => row.Document),
            BulkColumn<VersionRow>.Of("line", row => row.Line),
            BulkColumn<VersionRow>.Of("rank", row => row.Rank),
            BulkColumn<VersionRow>.Of("hash", row => row.Hash),
            BulkColumn<VersionRow>.Of("body", row => row.Body),
            BulkColumn<VersionRow>.Of("relations", row => row.Relations),
            BulkColumn<VersionRow>.Of("commit_sha", row => row.CommitSha),
            BulkColumn<VersionRow>.Of("author", row => row.Author),
            BulkColumn<VersionRow>.Of("committed_at", row => row.CommittedAt),
            BulkColumn<VersionRow>.Of("created_seq", row => row.CreatedSeq),
        ]);

    public static VersionRow Of(EntityRow row, long until, DateTimeOffset at) => new(
        row.Ref, row.VersionSeq, until, at, row.Uid, row.SourceId, row.PlaceId, row.FileId, row.Document, row.Line, row.Rank, row.Hash, row.Body,
        row.Relations, row.CommitSha, row.Author, row.CommittedAt, row.CreatedSeq);
}

/// <summary>One line of the change log.</summary>
internal sealed record ChangeRow(
    long Seq, string Ref, EntityChangeKind Change, DateTimeOffset At, string? Place, Guid? SourceId, string? CommitSha, string? Author, DateTimeOffset? CommittedAt, string? ByRef, string? Fields)
{
    public static readonly BulkInsert<ChangeRow> Into = new(
        "catalog_changes",
        [
            BulkColumn<ChangeRow>.Of("seq", row => row.Seq),
            BulkColumn<ChangeRow>.Of("ref", row => row.Ref),
            BulkColumn<ChangeRow>.Of("change", row => row.Change.ToString()),
            BulkColumn<ChangeRow>.Of("at", row => row.At),
            BulkColumn<ChangeRow>.Of("place", row => row.Place),
            BulkColumn<ChangeRow>.Of("source_id", row => row.SourceId),
            BulkColumn<ChangeRow>.Of("commit_sha", row => row.CommitSha),
            BulkColumn<ChangeRow>.Of("author", row => row.Author),
            BulkColumn<ChangeRow>.Of("committed_at", row => row.CommittedAt),
            BulkColumn<ChangeRow>.Of("by_ref", row => row.ByRef),
            BulkColumn<ChangeRow>.Of("fields", row => row.Fields),
        ]);
}

/// <summary>A relation that ended.</summary>
internal sealed record PastRelationRow(string Target, string SourceRef, string Type, string Inverse, long FromSeq, long UntilSeq)
{
    public static readonly BulkInsert<PastRelationRow> Into = new(
        "catalog_past_relations",
        [
            BulkColumn<PastRelationRow>.Of("target", row => row.Target),
            BulkColumn<PastRelationRow>.Of("source_ref", row => row.SourceRef),
            BulkColumn<PastRelationRow>.Of("type", row => row.Type),
            BulkColumn<PastRelationRow>.Of("inverse", row => row.Inverse),
            BulkColumn<PastRelationRow>.Of("from_seq", row => row.FromSeq),
            BulkColumn<PastRelationRow>.Of("until_seq", row => row.UntilSeq),
        ]);
}

/// <summary>A declaration that another one has won over.</summary>
internal sealed record ContenderRow(
    string Ref, Guid SourceId, Guid PlaceId, Guid FileId, int Document, int Line, string Rank, string Hash, byte[] Body, string Relations, string? CommitSha, string? Author, DateTimeOffset? CommittedAt)
{
    public static readonly BulkInsert<ContenderRow> Into = new(
        "catalog_contenders",
        [
            BulkColumn<ContenderRow>.Of("ref", row => row.Ref),
            BulkColumn<ContenderRow>.Of("source_id", row => row.SourceId),
            BulkColumn<ContenderRow>.Of("place_id", row => row.PlaceId),
            BulkColumn<ContenderRow>.Of("file_id", row => row.FileId),
            BulkColumn<ContenderRow>.Of("document", row => row.Document),
            BulkColumn<ContenderRow>.Of("line", row => row.Line),
            BulkColumn<ContenderRow>.Of("rank", row => row.Rank),
            BulkColumn<ContenderRow>.Of("hash", row => row.Hash),
            BulkColumn<ContenderRow>.Of("body", row => row.Body),
            BulkColumn<ContenderRow>.Of("relations", row => row.Relations),
            BulkColumn<ContenderRow>.Of("commit_sha", row => row.CommitSha),
            BulkColumn<ContenderRow>.Of("author", row => row.Author),
            BulkColumn<ContenderRow>.Of("committed_at", row => row.CommittedAt),
        ],
        """
        (ref, file_id, document) do update set source_id = excluded.source_id, place_id = excluded.place_id, line = excluded.line, rank = excluded.rank,
            hash = excluded.hash, body = excluded.body, relations = excluded.relations, commit_sha = excluded.commit_sha, author = excluded.author,
            committed_at = excluded.committed_at
        """);

    public static ContenderRow Of(Declaration declaration) => new(
        declaration.Ref, declaration.SourceId, declaration.PlaceId, declaration.FileId, declaration.Document, declaration.Line, declaration.Rank, declaration.Hash,
        declaration.Body, RelationText.Write(declaration.Relations.Select(r => new DatedRelation(r.Type, r.Inverse, r.Target, 0))), declaration.CommitSha, declaration.Author,
        declaration.CommittedAt);

    public Declaration Declaration => new(Ref, SourceId, PlaceId, FileId, Document, Line, Rank, Hash, Body, RelationText.Read(Relations).Select(r => r.Undated).ToList(), CommitSha, Author, CommittedAt);
}
