using Stagedoor.Host.Configuration.Files;

namespace Stagedoor.Host.Configuration;

/// <summary>
/// Reads the configuration: that of the sample organisation, files in order, then environment variables, then the command line. It never throws
/// for what an operator wrote; mistakes are among the findings of <see cref="LoadedConfiguration.Check"/>.
/// </summary>
internal static class PortalConfiguration
{
    public const string FileName = "stagedoor.yaml";

    public static LoadedConfiguration Load(ConfigurationRequest request)
    {
        var findings = new List<Finding>();
        IReadOnlyList<string> files = request.Sample is { } sample && File.Exists(sample) ? [sample, .. Find(request)] : Find(request);
        var settings = MapNode.Empty(Origin.Default);
        foreach (var path in files)
        {
            var read = YamlFile.Read(path, ConfigurationFile.NameOf(path, request.WorkingDirectory), request.Variables, findings);
            settings = read?.Over(settings) ?? settings;
        }

        settings = EnvironmentSettings.Apply(settings, request.Variables);
        if (request.DataDirectory is { } data)
        {
            var text = Path.GetFullPath(data, request.WorkingDirectory);
            settings = (MapNode)Overrides.With(settings, ["data", "directory"], new ScalarNode(text, Origin.Option("--data")));
        }

        if (request.Urls.Count > 0)
        {
            var origin = Origin.Option("--urls");
            var urls = new ListNode([.. request.Urls.Select(url => new ScalarNode(url, origin))], origin);
            settings = (MapNode)Overrides.With(settings, ["server", "urls"], urls);
        }

        return new LoadedConfiguration(settings, files, request, findings);
    }

    private static IReadOnlyList<string> Find(ConfigurationRequest request)
    {
        if (request.Files.Count > 0)
        {
            return [.. request.Files.Select(file => Path.GetFullPath(file, request.WorkingDirectory))];
        }

        var data = request.DataDirectory is null ? request.DefaultDataDirectory : Path.GetFullPath(request.DataDirectory, request.WorkingDirectory);
        string[] places = [Path.Combine(request.WorkingDirectory, FileName), Path.Combine(data, FileName)];
        return [.. places.Where(File.Exists).Take(1)];
    }
}
