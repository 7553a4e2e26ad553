using System.Text.Json;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.List.Columns;

/// <summary>What a cell says, as texts: for the page, and for files.</summary>
internal static class CellText
{
    public static IEnumerable<EntityRef> References(ListColumn column, Entity entity, ListScope scope) => column.Form == CellForm.Domain
        ? scope.DomainsOf(entity)
        : entity.Related(column.Path).Where(target => column.OnlyKind is not { } kind || string.Equals(target.Kind, kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of a cell; of a list each of its items.</summary>
    public static IEnumerable<string> Of(ListColumn column, Entity entity, ListScope scope, DateTimeOffset? changed) => column.Form switch
    {
        CellForm.Name => [entity.Title],
        CellForm.Domain or CellForm.References => References(column, entity, scope).Select(target => target.ToString()),
        CellForm.Changed => changed is { } at ? [at.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture)] : [],
        _ => Texts(entity, column.Path),
    };

    /// <summary>What stands at a path. A label's key may have dots in it.</summary>
    public static IEnumerable<string> Texts(Entity entity, string path)
    {
        foreach (var map in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            var prefix = $"metadata.{map}.";
            if (path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && path.Length > prefix.Length)
            {
                var key = path[prefix.Length..];
                return (map == "labels" ? entity.Label(key) : entity.Annotation(key)) is { } value ? [value] : [];
            }
        }

        return path == "metadata.namespace" ? [entity.Namespace] : entity.At(path) is { } found ? Texts(found) : [];
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.ToString()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => [value.GetRawText()],
        _ => [],
    };
}
