using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Store;

/// <summary>What one document of one file says about one entity.</summary>
/// <param name="Rank">Among several declarations of one entity the smallest wins, whatever came first; see <see cref="Ranks"/>.</param>
internal sealed record Declaration(
    string Ref, Guid SourceId, Guid PlaceId, Guid FileId, int Document, int Line, string Rank, string Hash, byte[] Body,
    IReadOnlyList<DerivedRelation> Relations, string? CommitSha, string? Author, DateTimeOffset? CommittedAt);

/// <summary>
/// The order among declarations of one entity: those of the configuration before those of plugins before registered ones (the
/// earliest first) before the sample's, then by place, file and document. It depends on nothing but the declarations themselves.
/// </summary>
internal static class Ranks
{
    public const string Configured = "1";

    public const string Contributed = "2";

    public const string Sample = "4";

    /// <summary>What a person brought back gives way to every other declaration, for good.</summary>
    public static string OfRestored(string entity) => $"9\n{entity}";

    public static bool IsRestored(string rank) => rank.StartsWith("9\n", StringComparison.Ordinal);

    public static string Registered(DateTimeOffset at) => $"3{at.UtcDateTime:yyyyMMddHHmmssffffff}";

    public static string Of(string sourceRank, string place, string path, int document) => $"{sourceRank}\n{place}\n{path}\n{document:D8}";
}
