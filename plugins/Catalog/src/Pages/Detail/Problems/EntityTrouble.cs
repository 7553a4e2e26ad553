using System.Text.Json;
using Stagedoor.Catalog.Engine.Feeding;
using Stagedoor.Catalog.Pages.Detail.Related;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Catalog.Pages.Detail.Problems;

/// <summary>Something that is not right with an entity, and how it is mended.</summary>
/// <param name="Where">The file, with the line where that is known.</param>
internal sealed record EntityTrouble(Tone Tone, string What, string? Where, string Mend)
{
    private const int MostMissing = 8;

    /// <summary>What its status says: a declaration that is not accepted, a source that cannot be read, nothing that names it any more.</summary>
    public static IReadOnlyList<EntityTrouble> OfStatus(Entity entity)
    {
        var troubles = new List<EntityTrouble>();
        foreach (var item in entity.At("status.items") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).ToList() : [])
        {
            var error = item.TryGetProperty("error", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
            var said = Text(error, "message") ?? Text(item, "message") ?? "";
            troubles.Add(Text(item, "level") == "error"
                ? new EntityTrouble(Tone.Bad, said, Text(error, "location"), "Mend it in the file. Until then the last good version stays.")
                : new EntityTrouble(Tone.Warn, said, Text(error, "location"), said.Contains("cannot be read", StringComparison.Ordinal) ? "The portal tries again by itself." : "See what is wrong with the file."));
        }

        if (entity.Annotation(OrphanMark.Annotation) == "true")
        {
            troubles.Add(new EntityTrouble(
                Tone.Warn, "Nothing names it any more: the place it came from is no longer listed or configured.", null,
                "List its place again to keep it. Depending on the configuration it is deleted after a while."));
        }

        return troubles;
    }

    /// <summary>What it names that is not there, as far as the reader would know. Only what is looked at is counted: of thousands the first few hundred.</summary>
    public static async Task<IReadOnlyList<EntityTrouble>> OfRelations(Entity entity, Neighbours neighbours, Caller caller, CancellationToken cancellationToken)
    {
        const int MostLookedAt = 300;
        var own = entity.Relations.Where(relation => IsOwn(relation.Type)).Take(MostLookedAt).ToList();
        var found = await neighbours.Of([.. own.Select(relation => relation.Target)], caller, cancellationToken);
        var missing = own.Where((_, index) => found[index].IsMissing).ToList();
        return
        [
            .. missing.Take(MostMissing).Select(relation => new EntityTrouble(
                Tone.Warn, $"{Pages.Shown.Relation(relation.Type)} {relation.Target}, which is not in the catalog.", null,
                "Correct the name in its file, or have that entity added.")),
            .. missing.Count > MostMissing
                ? new[] { new EntityTrouble(Tone.Warn, $"{Pages.Shown.Count(missing.Count - MostMissing, "more entity that it names is", "more entities that it names are")} not in the catalog.", null, "The relations of its inspection show each.") }
                : [],
        ];
    }

    /// <summary>What an entity itself says, as far as is known; what others say of it has a target by nature.</summary>
    private static bool IsOwn(string type) => type.ToLowerInvariant() is not ("ownerof" or "haspart" or "dependencyof" or "apiprovidedby" or "apiconsumedby" or "parentof" or "hasmember");

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } said ? said : null;
}
