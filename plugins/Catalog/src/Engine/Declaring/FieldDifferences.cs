using System.Text.Json;

namespace Stagedoor.Catalog.Engine.Declaring;

/// <summary>One field that two versions of an entity do not have in common, as JSON on either side.</summary>
internal sealed record FieldDifference(string Path, string? Before, string? After);

/// <summary>What differs between two versions: objects field by field, everything else as a whole.</summary>
internal static class FieldDifferences
{
    public static IReadOnlyList<string> Paths(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) => [.. Of(before, after).Select(difference => difference.Path)];

    public static IReadOnlyList<FieldDifference> Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var found = new List<FieldDifference>();
        Compare("", JsonElement.Parse(before), JsonElement.Parse(after), found);
        return found;
    }

    private static void Compare(string path, JsonElement before, JsonElement after, List<FieldDifference> found)
    {
        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object)
        {
            if (!JsonElement.DeepEquals(before, after))
            {
                found.Add(new FieldDifference(path, before.GetRawText(), after.GetRawText()));
            }

            return;
        }

        foreach (var field in before.EnumerateObject())
        {
            var at = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (after.TryGetProperty(field.Name, out var other))
            {
                Compare(at, field.Value, other, found);
            }
            else
            {
                found.Add(new FieldDifference(at, field.Value.GetRawText(), null));
            }
        }

        foreach (var field in after.EnumerateObject().Where(field => !before.TryGetProperty(field.Name, out _)))
        {
            found.Add(new FieldDifference(path.Length == 0 ? field.Name : $"{path}.{field.Name}", null, field.Value.GetRawText()));
        }
    }
}
