using Microsoft.Extensions.Configuration;
using Stagedoor.Host.Configuration.Check;
using Stagedoor.Host.Configuration.Files;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;

namespace Stagedoor.Host.Configuration;

/// <summary>The configuration as it was read, every value with its origin. Nothing changes it until the next start.</summary>
internal sealed class LoadedConfiguration(MapNode settings, IReadOnlyList<string> files, ConfigurationRequest request, IReadOnlyList<Finding> findings)
{
    public MapNode Settings { get; } = settings;

    /// <summary>The files it was read from, with full paths.</summary>
    public IReadOnlyList<string> Files { get; } = files;

    public ConfigurationRequest Request { get; } = request;

    /// <summary>What was wrong with the files themselves: unreadable, not YAML, a variable that is missing.</summary>
    public IReadOnlyList<Finding> ReadingFindings { get; } = findings;

    /// <summary>For <see cref="IConfigurationBuilder.Add"/>.</summary>
    public IConfigurationSource Source => new SettingsSource(Settings);

    public IConfiguration Root { get; } = new ConfigurationBuilder().Add(new SettingsSource(settings)).Build();

    /// <summary>The data directory: <c>--data</c>, <c>data.directory</c>, or the default.</summary>
    public string DataDirectory => Get<DataOptions>("data").Directory ?? Request.DefaultDataDirectory;

    public string PluginsFolder => Get<PluginsOptions>("plugins").Folder ?? Path.Combine(DataDirectory, "plugins");

    /// <summary>One section bound to its options. What is wrong in it keeps its default; <see cref="Check"/> tells.</summary>
    public TOptions Get<TOptions>(string section)
        where TOptions : class, new() => OptionsReading.Read<TOptions>(this, section, []);

    /// <summary>Judges the whole configuration against the portal's sections and those of the plugins that were found.</summary>
    public ConfigurationReport Check(IReadOnlyList<LoadedPlugin> plugins) => ConfigurationCheck.Run(this, plugins);
}
