using System.Text.Json;
using Stagedoor.Catalog.Engine.Declaring;
using Stagedoor.Catalog.Engine.History;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.History;

/// <summary>What has changed, in words.</summary>
internal static class ChangeSentence
{
    private const int Longest = 80;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["spec.owner"] = "owner", ["spec.lifecycle"] = "lifecycle", ["spec.type"] = "type", ["spec.system"] = "system", ["spec.domain"] = "domain",
        ["spec.definition"] = "definition", ["spec.dependsOn"] = "what it depends on", ["spec.providesApis"] = "the APIs it provides", ["spec.consumesApis"] = "the APIs it uses",
        ["spec.memberOf"] = "its groups", ["spec.parent"] = "parent", ["spec.children"] = "children", ["spec.subcomponentOf"] = "what it is a part of",
        ["metadata.description"] = "description", ["metadata.title"] = "title", ["metadata.tags"] = "tags", ["metadata.links"] = "links", ["metadata.labels"] = "labels",
        ["metadata.annotations"] = "annotations",
    };

    /// <summary>A field as people call it: <c>spec.owner</c> is "owner".</summary>
    public static string Name(string path) =>
        path.Length == 0 ? "everything"
        : Names.TryGetValue(path, out var known) ? known
        : path.StartsWith("metadata.annotations.", StringComparison.Ordinal) ? $"annotation {path["metadata.annotations.".Length..]}"
        : path.StartsWith("metadata.labels.", StringComparison.Ordinal) ? $"label {path["metadata.labels.".Length..]}"
        : path.StartsWith("spec.", StringComparison.Ordinal) ? path["spec.".Length..]
        : path.StartsWith("metadata.", StringComparison.Ordinal) ? path["metadata.".Length..]
        : path;

    /// <summary>The fields of a change in a row: "owner, lifecycle and 2 more"; nothing if none is known.</summary>
    public static string Fields(IReadOnlyList<string> paths, int most)
    {
        var named = paths.Take(most).Select(Name).ToList();
        return paths.Count > most ? $"{string.Join(", ", named)} and {Pages.Shown.Count(paths.Count - most, "more", "more")}" : string.Join(", ", named);
    }

    /// <summary>What a change changed, a sentence each: the differences where they are known, otherwise the fields.</summary>
    public static IReadOnlyList<string> Of(HistoryLine line, IReadOnlyList<FieldDifference>? differences, int most)
    {
        if (differences is not { Count: > 0 })
        {
            return line.Fields.Count > 0 ? [Fields(line.Fields, most)]
                : line.Change == EntityChangeKind.Status ? ["a problem came, changed or went"]
                : [];
        }

        return differences.Count <= most
            ? [.. differences.Select(Of)]
            : [.. differences.Take(most).Select(Of), $"and {Pages.Shown.Count(differences.Count - most, "more", "more")}: {Fields([.. differences.Skip(most).Select(difference => difference.Path)], 6)}"];
    }

    /// <summary>One difference as a sentence: "owner from squad-kestrel to squad-lantern".</summary>
    public static string Of(FieldDifference difference)
    {
        var name = Name(difference.Path);
        return (Short(difference.Before), Short(difference.After)) switch
        {
            (null, { } after) when difference.Before is null => $"{name} is new: {after}",
            ({ } before, null) when difference.After is null => $"{name} was taken away: {before}",
            (null, null) when difference.Before is null => $"{name} is new",
            (null, null) when difference.After is null => $"{name} was taken away",
            ({ } before, { } after) => $"{name} from {before} to {after}",
            _ => $"{name} changed",
        };
    }

    /// <summary>A value that fits into a sentence; nothing if it does not.</summary>
    private static string? Short(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var value = JsonElement.Parse(json);
        var text = value.ValueKind switch
        {
            JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) =>
                value.GetArrayLength() == 0 ? "nothing" : string.Join(", ", value.EnumerateArray().Select(item => item.ToString())),
            JsonValueKind.Object or JsonValueKind.Array => null,
            _ => value.ToString(),
        };
        return text is { Length: <= Longest } && !text.AsSpan().ContainsAny('\n', '\r') ? text : null;
    }
}
