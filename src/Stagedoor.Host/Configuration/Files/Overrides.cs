using System.Globalization;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>Lays one source of settings over another.</summary>
internal static class Overrides
{
    /// <summary>Later files win key by key. A list is replaced as a whole; a key without a value brings back the default.</summary>
    public static MapNode Over(this MapNode later, MapNode earlier)
    {
        var settings = MapNode.NewSettings();
        foreach (var (key, setting) in earlier.Settings)
        {
            settings.Add(key, setting);
        }

        foreach (var (key, setting) in later.Settings)
        {
            settings[key] = setting.Value is MapNode map && settings.TryGetValue(key, out var old) && old.Value is MapNode below
                ? setting with { Value = map.Over(below) }
                : setting;
        }

        return new MapNode(settings, later.Origin);
    }

    /// <summary>Puts a single value at a path, whose segments are keys and positions in lists.</summary>
    public static SettingNode With(SettingNode? node, ReadOnlySpan<string> path, SettingNode value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        var isPosition = int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        if (isPosition && (node is ListNode || (node is null or ScalarNode && position == 0)))
        {
            var items = (node as ListNode)?.Items.ToList() ?? [];
            if (position <= items.Count)
            {
                var item = With(position < items.Count ? items[position] : null, path[1..], value);
                items = position < items.Count ? [.. items[..position], item, .. items[(position + 1)..]] : [.. items, item];
                return new ListNode(items, node is ListNode ? node.Origin : value.Origin);
            }
        }

        var map = node as MapNode ?? MapNode.Empty(value.Origin);
        var settings = MapNode.NewSettings();
        foreach (var (key, setting) in map.Settings)
        {
            settings.Add(key, setting);
        }

        var existing = settings.TryGetValue(path[0], out var old) ? old : null;
        settings[path[0]] = new Setting(existing?.Key ?? path[0], existing?.KeyOrigin ?? value.Origin, With(existing?.Value, path[1..], value));
        return new MapNode(settings, map.Origin);
    }
}
