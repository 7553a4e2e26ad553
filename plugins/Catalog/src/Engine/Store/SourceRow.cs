using System.Text.Json;

namespace Stagedoor.Catalog.Engine.Store;

internal enum SourceOrigin
{
    Configuration,
    Plugin,
    Registered,

    /// <summary>Entities that a person brought back from history, until something declares them again.</summary>
    Restored,
}

/// <summary>Where entities come from, and how its last reading went.</summary>
/// <param name="LocationRef">The Location entity that stands for it in the catalog.</param>
/// <param name="Held">JSON: the entities whose deletion waits for a person's word.</param>
internal sealed record SourceRow(
    Guid Id, SourceOrigin Origin, string Rank, string Type, string Target, string Title, string? LocationRef, string Settings, DateTimeOffset CreatedAt,
    string? CreatedBy, DateTimeOffset? RemovedAt, DateTimeOffset? PausedAt, string? PausedWhy, DateTimeOffset? ReadAt, DateTimeOffset? OkAt, string? Error,
    long Created, long Updated, long Deleted, long TookMs, string? Held, DateTimeOffset? HeldAt)
{
    /// <summary>A source that was never read.</summary>
    public static SourceRow New(
        Guid id, SourceOrigin origin, string rank, string type, string target, string title, string? locationRef, SourceSettings settings, DateTimeOffset createdAt, string? createdBy = null) => new(
        id, origin, rank, type, target, title, locationRef, JsonSerializer.Serialize(settings, SourceSettings.Json), createdAt, createdBy,
        RemovedAt: null, PausedAt: null, PausedWhy: null, ReadAt: null, OkAt: null, Error: null, Created: 0, Updated: 0, Deleted: 0, TookMs: 0, Held: null, HeldAt: null);

    public SourceSettings ReadSettings() => JsonSerializer.Deserialize<SourceSettings>(Settings, SourceSettings.Json)!;

    /// <summary>The entities whose deletion is held back, by place.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<string>> HeldOfPlaces() => ReadHeld(Held);

    public static Dictionary<Guid, IReadOnlyList<string>> ReadHeld(string? held) =>
        held is null ? [] : JsonSerializer.Deserialize<Dictionary<Guid, IReadOnlyList<string>>>(held) ?? [];
}

/// <summary>What was configured for a source.</summary>
internal sealed record SourceSettings
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>As text, <c>Kind</c> or <c>Kind:type</c>; nothing if the general rules hold.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    public TimeSpan? ReadEvery { get; init; }

    /// <summary>A location whose target need not exist.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>What is read as one, and how its last reading went.</summary>
internal sealed record PlaceRow(
    Guid Id, Guid SourceId, string Type, string Target, int Depth, string? Version, DateTimeOffset? ReadAt, DateTimeOffset? OkAt, DateTimeOffset? DueAt,
    string? Error, int Failures, DateTimeOffset? OrphanSince)
{
    public Reading.Place ToPlace() => new(Type, Target);
}

/// <summary>A file of a place, as it was read last.</summary>
/// <param name="Problems">JSON: what was wrong in it.</param>
/// <param name="Beside">JSON: the files that its placeholders name.</param>
internal sealed record FileRow(
    Guid Id, Guid PlaceId, string Path, string Target, string Hash, string? CommitSha, string? Author, DateTimeOffset? CommittedAt, DateTimeOffset ReadAt, string? Problems, string? Beside)
{
    public static readonly Plugins.BulkInsert<FileRow> Into = new(
        "catalog_files",
        [
            Plugins.BulkColumn<FileRow>.Of("id", row => row.Id),
            Plugins.BulkColumn<FileRow>.Of("place_id", row => row.PlaceId),
            Plugins.BulkColumn<FileRow>.Of("path", row => row.Path),
            Plugins.BulkColumn<FileRow>.Of("target", row => row.Target),
            Plugins.BulkColumn<FileRow>.Of("hash", row => row.Hash),
            Plugins.BulkColumn<FileRow>.Of("commit_sha", row => row.CommitSha),
            Plugins.BulkColumn<FileRow>.Of("author", row => row.Author),
            Plugins.BulkColumn<FileRow>.Of("committed_at", row => row.CommittedAt),
            Plugins.BulkColumn<FileRow>.Of("read_at", row => row.ReadAt),
            Plugins.BulkColumn<FileRow>.Of("problems", row => row.Problems) with { IsJson = true },
            Plugins.BulkColumn<FileRow>.Of("beside", row => row.Beside) with { IsJson = true },
        ],
        """
        (id) do update set target = excluded.target, hash = excluded.hash, commit_sha = excluded.commit_sha, author = excluded.author,
            committed_at = excluded.committed_at, read_at = excluded.read_at, problems = excluded.problems, beside = excluded.beside
        """);
}

/// <summary>A Location entity of a file names a place.</summary>
internal sealed record ListingRow(Guid PlaceId, Guid FileId, string ListedBy)
{
    public static readonly Plugins.BulkInsert<ListingRow> Into = new(
        "catalog_listings",
        [
            Plugins.BulkColumn<ListingRow>.Of("place_id", row => row.PlaceId),
            Plugins.BulkColumn<ListingRow>.Of("file_id", row => row.FileId),
            Plugins.BulkColumn<ListingRow>.Of("listed_by", row => row.ListedBy),
        ],
        "do nothing");
}
