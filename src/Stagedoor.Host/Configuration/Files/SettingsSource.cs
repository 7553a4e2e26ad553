using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Stagedoor.Host.Configuration.Files;

/// <summary>The settings as .NET's configuration sees them: flat keys with colons.</summary>
internal sealed class SettingsSource(MapNode settings) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingsProvider(settings);
}

/// <summary>Holds each value by its flat key, and remembers where it was written.</summary>
internal sealed class SettingsProvider(MapNode settings) : ConfigurationProvider
{
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.OrdinalIgnoreCase);

    public Origin? OriginOf(string key) => _origins.GetValueOrDefault(key);

    public override void Load()
    {
        Data.Clear();
        _origins.Clear();
        Add("", settings);
    }

    private void Add(string key, SettingNode node)
    {
        switch (node)
        {
            case ScalarNode { Text: { } text }:
                Data[key] = text;
                _origins[key] = node.Origin;
                break;
            case ListNode list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Add(Join(key, i.ToString(CultureInfo.InvariantCulture)), list.Items[i]);
                }

                break;
            case MapNode map:
                foreach (var setting in map.Settings.Values)
                {
                    Add(Join(key, setting.Key), setting.Value);
                }

                break;
        }
    }

    private static string Join(string key, string segment) => key.Length == 0 ? segment : ConfigurationPath.Combine(key, segment);
}
