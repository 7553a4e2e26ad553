using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Stagedoor.Host.Configuration;
using Stagedoor.Host.Configuration.Check;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Configuration;

/// <summary>A directory with configuration files, as an operator writes them.</summary>
internal sealed class Written : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stagedoor-config-");

    public string Folder => _directory.FullName;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public static Written Yaml(string yaml) => new Written().File("stagedoor.yaml", yaml);

    public Written File(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return this;
    }

    public Written Variable(string name, string value)
    {
        Variables[name] = value;
        return this;
    }

    public LoadedConfiguration Load(params string[] files) => PortalConfiguration.Load(new ConfigurationRequest
    {
        Files = files,
        Variables = Variables,
        WorkingDirectory = _directory.FullName,
        DefaultDataDirectory = Path.Combine(_directory.FullName, "data"),
    });

    public ConfigurationReport Check(params LoadedPlugin[] plugins) => Load().Check(plugins);

    public string Text(params LoadedPlugin[] plugins) => Check(plugins).Text().Trim();

    public void Dispose() => _directory.Delete(recursive: true);
}

/// <summary>Plugins with options, as a test needs them.</summary>
internal static class PluginFor
{
    public static LoadedPlugin Releases(Action<PluginBuilder>? configure = null, string id = "releases")
    {
        var info = new PluginInfo(id, "Releases", "What shipped.");
        var builder = new PluginBuilder(info);
        if (configure is null)
        {
            builder.Options<ReleasesOptions>().Job<SyncReleases>(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));
        }
        else
        {
            configure(builder);
        }

        return new LoadedPlugin(info, PluginOrigin.FirstParty, "1.0.0", assembly: null, builder.Contributions);
    }

    public sealed class ReleasesOptions
    {
        [Description("The key of the release server.")]
        [Secret]
        public string? ApiKey { get; set; }

        [Description("How many releases are kept.")]
        [Range(1, 10)]
        public int Depth { get; set; } = 3;

        public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

        public Dictionary<string, Repository> Repositories { get; set; } = [];
    }

    public sealed class Repository
    {
        [Required]
        public string Branch { get; set; } = "";

        public string[] Labels { get; set; } = ["one", "two"];
    }

    internal sealed class SyncReleases : IScheduledJob
    {
        public Task Run(JobContext job, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
