using System.Globalization;
using System.Text;
using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Catalog.Pages;

/// <summary>Things of the catalog as people read them.</summary>
internal static class Shown
{
    private static readonly Dictionary<string, string> Relations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ownedBy"] = "Owned by", ["ownerOf"] = "Owns", ["partOf"] = "Part of", ["hasPart"] = "Consists of", ["dependsOn"] = "Depends on",
        ["dependencyOf"] = "Needed by", ["providesApi"] = "Provides", ["apiProvidedBy"] = "Provided by", ["consumesApi"] = "Consumes",
        ["apiConsumedBy"] = "Consumed by", ["memberOf"] = "Member of", ["hasMember"] = "Members", ["childOf"] = "Child of", ["parentOf"] = "Parent of",
    };

    /// <summary>A type of relation as a heading: <c>storedIn</c> is "Stored in".</summary>
    public static string Relation(string type)
    {
        if (Relations.TryGetValue(type, out var known))
        {
            return known;
        }

        var words = new StringBuilder();
        foreach (var letter in type)
        {
            words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}");
        }

        return words.ToString();
    }

    /// <summary>The name of an entity, with its namespace where that is not the usual one.</summary>
    public static string Name(EntityRef entity) =>
        string.Equals(entity.Namespace, EntityRef.DefaultNamespace, StringComparison.OrdinalIgnoreCase) ? entity.Name : $"{entity.Namespace}/{entity.Name}";

    public static string Plural(this CatalogModel model, string kind) => model.Kind(kind) is { } known ? known.Plural ?? known.Name : kind;

    public static (Tone Tone, string Word) Change(EntityChangeKind change) => change switch
    {
        EntityChangeKind.Created => (Tone.Ok, "created"),
        EntityChangeKind.Updated => (Tone.Info, "changed"),
        EntityChangeKind.Deleted => (Tone.Bad, "deleted"),
        _ => (Tone.Neutral, "status"),
    };

    /// <summary>The address of a location reference such as <c>url:https://…</c>, if a browser can open it.</summary>
    public static string? Link(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var address = reference.StartsWith("url:", StringComparison.Ordinal) ? reference[4..] : reference;
        return address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    /// <summary>An address that somebody wrote into a file, if it may be clicked on.</summary>
    public static string? Clickable(string? address) =>
        address is { Length: > 0 } && address != SafeAddress.Instead && SafeAddress.IsAbsolute(address, out _) && !SafeAddress.IsScript(address) ? address : null;

    /// <summary>The beginning of a text that may go on: its first line, of a length that fits below a name.</summary>
    public static string? FirstLine(string? text) => CutText.Line(text, 160) is { Length: > 0 } line ? line : null;

    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many)}");
}
