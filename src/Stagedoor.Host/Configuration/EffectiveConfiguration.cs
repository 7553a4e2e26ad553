using System.Collections;
using System.Text.Json.Nodes;
using Stagedoor.Host.Configuration.Check;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Configuration;

/// <summary>Everything that holds, defaults included, with the origin of each value and without secrets.</summary>
/// <param name="Origins">By path, such as <c>server.urls[0]</c>.</param>
/// <param name="Unset">The paths without a value.</param>
internal sealed record EffectiveConfiguration(JsonObject Settings, IReadOnlyDictionary<string, Origin> Origins, IReadOnlySet<string> Unset)
{
    public static EffectiveConfiguration Of(LoadedConfiguration configuration, IReadOnlyList<LoadedPlugin> plugins)
    {
        var walk = new Walk();
        var settings = new JsonObject();
        var sections = HostSections.All().Concat(plugins
            .Where(plugin => plugin.IsActive && plugin.Origin != PluginOrigin.Host && plugin.Contributions.Options.Count > 0)
            .Select(plugin => new Section(plugin.Id, [.. plugin.Contributions.Options.Select(option => option.Type)])));
        foreach (var section in sections)
        {
            var node = configuration.Settings.Find(section.Name);
            JsonNode? shown = null;
            foreach (var shape in section.Shapes)
            {
                var value = OptionsReading.Read(configuration, section.Name, shape, siblings: null, []);
                var part = walk.Show(shape, value, node, section.Name, isSecret: false);
                if (shown is JsonObject already && part is JsonObject more)
                {
                    foreach (var (key, item) in more.ToList())
                    {
                        more.Remove(key);
                        already[key] = item;
                    }
                }
                else
                {
                    shown = part;
                }
            }

            settings[section.Name] = shown;
        }

        return new EffectiveConfiguration(settings, walk.Origins, walk.Unset);
    }

    /// <summary>Where a value comes from, in the words of a comment.</summary>
    public string? Remark(string path) => Origins.GetValueOrDefault(path) is not { } origin ? null
        : origin.Kind == OriginKind.Default && Unset.Contains(path) ? "not set"
        : origin.ToString();

    private sealed class Walk
    {
        public Dictionary<string, Origin> Origins { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Unset { get; } = new(StringComparer.Ordinal);

        public JsonNode? Show(Shape shape, object? value, SettingNode? node, string path, bool isSecret)
        {
            switch (shape)
            {
                case ObjectShape section when value is not null:
                    var fields = new JsonObject();
                    foreach (var property in section.Properties)
                    {
                        fields[property.Key] = Show(property.Shape, property.Property.GetValue(value), (node as MapNode)?.Find(property.Key), $"{path}.{property.Key}", isSecret || property.IsSecret);
                    }

                    return fields;
                case MapShape map when value is IEnumerable entries:
                    var keys = new JsonObject();
                    foreach (var entry in entries)
                    {
                        var (key, item) = ((string)Part(entry, "Key")!, Part(entry, "Value"));
                        keys[key] = Show(map.Entry, item, (node as MapNode)?.Find(key), $"{path}.{key}", isSecret || (Secrets.IsSecretKey(key) && map.Entry is ValueShape));
                    }

                    Remember(path, node);
                    return keys;
                case ListShape list when value is IEnumerable items:
                    var array = new JsonArray();
                    foreach (var item in items)
                    {
                        var below = (node as ListNode)?.Items.ElementAtOrDefault(array.Count);
                        array.Add(Show(list.Item, item, below, $"{path}[{array.Count}]", isSecret));
                    }

                    Remember(path, node);
                    return array;
                default:
                    Remember(path, node);
                    if (value is null)
                    {
                        Unset.Add(path);
                        return null;
                    }

                    return ShowValue(value, isSecret || node is ScalarNode { FromSecretFile: true });
            }
        }

        private static JsonValue ShowValue(object value, bool isSecret) => value switch
        {
            bool yes when !isSecret => JsonValue.Create(yes),
            int or long or short or byte when !isSecret => JsonValue.Create(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
            double or float or decimal when !isSecret => JsonValue.Create(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(isSecret ? Secrets.Hide(ValueShape.Write(value)) : Secrets.HideWithin(ValueShape.Write(value))),
        };

        private static object? Part(object entry, string name) => entry.GetType().GetProperty(name)!.GetValue(entry);

        private void Remember(string path, SettingNode? node) => Origins[path] = node is null or ScalarNode { Text: null } ? Origin.Default : node.Origin;
    }
}
