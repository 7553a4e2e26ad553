using System.Text.Json;
using System.Runtime.InteropServices;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>
/// What a file says, told to a decision. What the file no longer says is not withdrawn here but handed back: the guard
/// against mass deletion looks at all of a reading.
/// </summary>
internal static class FileDeclaring
{
    public static void Declare(Decision decision, FileOutcome outcome, SourceRow source, PlaceRow place, List<Withdrawal> withdrawals)
    {
        var file = outcome.File;
        var declared = outcome.Documents.Where(document => document.Entity is not null).ToList();
        var documentsOf = declared.CountBy(document => document.Entity!.Ref).ToDictionary();
        var seen = new HashSet<(string, int)>();
        foreach (var document in declared)
        {
            var entity = document.Entity!;
            var name = entity.Ref.ToString();
            seen.Add((name, document.Document));
            decision.Because(name, file.Target);
            decision.Declare(
                new Declaration(
                    name, source.Id, place.Id, file.Id, document.Document, document.Line, Ranks.Of(source.Rank, place.ToPlace().ToString(), file.Path, document.Document),
                    document.Hash, Bytes(entity.Body), entity.Relations, file.CommitSha, file.Author, file.CommittedAt),
                alone: documentsOf[entity.Ref] == 1);
        }

        var refused = outcome.Documents.Where(document => document.Entity is null).ToList();
        var refusedRefs = refused.Where(document => document.Ref is not null).Select(document => document.Ref!.Value.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var document in refused.Where(document => document.Ref is not null))
        {
            var name = document.Ref!.Value.ToString();
            if (decision.Find(name) is { } current && current.FileId == file.Id && !documentsOf.ContainsKey(document.Ref.Value))
            {
                decision.Because(name, file.Target);
                decision.Mark(name, StatusText.OfProblems(document.Problems, file.Target, current.ChangedAt));
            }
        }

        // Of a document that cannot even be attributed, nobody knows whose it was: nothing of the file is taken to be gone.
        var unattributed = refused.Where(document => document.Ref is null).SelectMany(document => document.Problems).ToList();
        foreach (var (name, document) in decision.Of(file.Id).Where(said => !seen.Contains(said)).ToList())
        {
            if (documentsOf.Any(pair => pair.Key.ToString() == name))
            {
                // Another document of this file declares it now.
                decision.Withdraw(name, file.Id, document);
            }
            else if (unattributed.Count > 0)
            {
                if (decision.Find(name) is { } current && current.FileId == file.Id && !refusedRefs.Contains(name))
                {
                    decision.Because(name, file.Target);
                    decision.Mark(name, StatusText.OfProblems(unattributed, file.Target, current.ChangedAt));
                }
            }
            else if (!refusedRefs.Contains(name))
            {
                withdrawals.Add(new Withdrawal(name, file.Id, document, file.Target));
            }
        }
    }

    public static string? Problems(IReadOnlyList<DocumentReading> documents)
    {
        var problems = documents.SelectMany(document => document.Problems).ToList();
        return problems.Count == 0 ? null : JsonSerializer.Serialize(problems, SourceSettings.Json);
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : body.ToArray();
}

/// <summary>A document that declares an entity no more.</summary>
internal sealed record Withdrawal(string Ref, Guid FileId, int Document, string Target);
