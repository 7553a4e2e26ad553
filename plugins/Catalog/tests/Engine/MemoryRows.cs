using System.Text;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Store;

namespace Stagedoor.Catalog.Tests.Engine;

/// <summary>The rows of the catalog's tables in memory, for decisions to be made and their writes applied.</summary>
internal sealed class MemoryRows
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Dictionary<string, EntityRow> Entities { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string, Guid, int), ContenderRow> Contenders { get; } = [];

    public List<ChangeRow> Changes { get; } = [];

    public List<VersionRow> Versions { get; } = [];

    public List<PastRelationRow> PastRelations { get; } = [];

    public Writes Decide(Action<Decision> decide)
    {
        var decision = new Decision(Entities.Values, Contenders.Values, Changes.Count, Start.AddSeconds(Changes.Count), by: null);
        decide(decision);
        var writes = decision.Conclude();
        foreach (var row in writes.New)
        {
            Entities.Add(row.Ref, row);
        }

        foreach (var row in writes.Changed)
        {
            Entities[row.Ref] = row;
        }

        foreach (var gone in writes.Gone)
        {
            Entities.Remove(gone);
        }

        foreach (var gone in writes.ContendersGone)
        {
            Contenders.Remove(gone);
        }

        foreach (var row in writes.Contenders)
        {
            Contenders[(row.Ref, row.FileId, row.Document)] = row;
        }

        Changes.AddRange(writes.Changes);
        Versions.AddRange(writes.Versions);
        PastRelations.AddRange(writes.PastRelations);
        return writes;
    }

    public static Declaration Declaration(string entity, int file, int document = 1, string text = "a", string rank = "1", params IReadOnlyList<Catalog.Model.DerivedRelation> relations)
    {
        var fileId = new Guid(file, 0, 0, new byte[8]);
        return new Declaration(
            entity, Guid.Empty, Guid.Empty, fileId, document, document, Ranks.Of(rank, $"file:{file:D4}", "catalog-info.yaml", document), text,
            Encoding.UTF8.GetBytes($$$"""{"kind":"Component","spec":{"text":"{{{text}}}"}}"""), relations, CommitSha: null, Author: null, CommittedAt: null);
    }

    /// <summary>Which declaration of each entity has won, and which wait.</summary>
    public string State() => string.Join(
        '\n',
        Entities.Values.OrderBy(row => row.Ref, StringComparer.Ordinal).Select(row =>
            $"{row.Ref} {row.Rank} {row.Hash} < {string.Join(' ', Contenders.Values.Where(c => c.Ref == row.Ref).OrderBy(c => c.Rank, StringComparer.Ordinal).Select(c => $"{c.Rank}{c.Hash}"))}"));
}
