using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Configuration.Types;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Check;

/// <summary>Judges the whole configuration: every section against its types, and every name against what exists.</summary>
internal static class ConfigurationCheck
{
    public static ConfigurationReport Run(LoadedConfiguration configuration, IReadOnlyList<LoadedPlugin> plugins)
    {
        var host = new List<Finding>(configuration.ReadingFindings);
        var ofPlugins = new Dictionary<string, IReadOnlyList<Finding>>(StringComparer.Ordinal);
        var sections = HostSections.All();
        foreach (var section in sections)
        {
            CheckSection(configuration, section, host);
        }

        foreach (var plugin in plugins.Where(plugin => plugin.IsActive && plugin.Origin != PluginOrigin.Host))
        {
            var findings = new List<Finding>();
            CheckPlugin(configuration, plugin, sections, findings);
            if (findings.Count > 0)
            {
                ofPlugins[plugin.Id] = findings;
            }
        }

        FindUnknownSections(configuration, sections, plugins, host);
        FindUnknownJobs(configuration, plugins, host);
        return new ConfigurationReport(
            [.. host.Where(finding => finding.Kind == FindingKind.Mistake)], ofPlugins, [.. host.Where(finding => finding.Kind == FindingKind.Note)]);
    }

    private static void CheckSection(LoadedConfiguration configuration, Section section, List<Finding> findings)
    {
        // An unknown key is unknown to all types of a section; the first tells.
        for (var i = 0; i < section.Shapes.Count; i++)
        {
            OptionsReading.Read(configuration, section.Name, section.Shapes[i], i == 0 ? [.. section.Shapes.Skip(1).OfType<ObjectShape>()] : null, findings);
        }
    }

    private static void CheckPlugin(LoadedConfiguration configuration, LoadedPlugin plugin, IReadOnlyList<Section> hostSections, List<Finding> findings)
    {
        if (hostSections.Any(section => string.Equals(section.Name, plugin.Id, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Add(new Finding(plugin.Id, Origin.Default, $"The plugin's id '{plugin.Id}' is the name of a section of the portal's own configuration. It needs another id."));
            return;
        }

        if (plugin.Contributions.Options.Count == 0)
        {
            if (configuration.Settings.Settings.GetValueOrDefault(plugin.Id) is { } setting && setting.Value is not ScalarNode { Text: null } and not MapNode { Settings.Count: 0 })
            {
                findings.Add(new Finding(plugin.Id, setting.KeyOrigin, $"The plugin {plugin.Id} has no settings.") { Length = setting.Key.Length, Help = "Remove this section." });
            }

            return;
        }

        try
        {
            CheckSection(configuration, new Section(plugin.Id, [.. plugin.Contributions.Options.Select(option => option.Type)]), findings);
        }
        catch (Exception fault)
        {
            // Setters, rules and Validate are the plugin's own code.
            findings.Add(new Finding(plugin.Id, Origin.Default, $"The options of the plugin {plugin.Id} cannot be read: {(fault.InnerException ?? fault).Message}"));
        }
    }

    private static void FindUnknownSections(LoadedConfiguration configuration, IReadOnlyList<Section> sections, IReadOnlyList<LoadedPlugin> plugins, List<Finding> findings)
    {
        var known = sections.Select(section => section.Name).Concat(plugins.Where(plugin => plugin.Origin != PluginOrigin.Host).Select(plugin => plugin.Id)).ToList();
        foreach (var setting in configuration.Settings.Settings.Values)
        {
            if (setting.KeyOrigin.File?.Path == configuration.Request.Sample && configuration.Request.Sample is not null)
            {
                // The sample sets what all its plugins need, and a portal may have left one out.
                continue;
            }

            if (plugins.FirstOrDefault(plugin => string.Equals(plugin.Id, setting.Key, StringComparison.OrdinalIgnoreCase)) is { IsActive: false } plugin)
            {
                findings.Add(Finding.Note(setting.Key, setting.KeyOrigin, $"The plugin {plugin.Id} is {Say(plugin.State)}, so this section is not read.", setting.Key.Length));
            }
            else if (!known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                findings.Add(new Finding(setting.Key, setting.KeyOrigin, $"{setting.Key} is neither a section of the portal nor a plugin.")
                {
                    Length = setting.Key.Length,
                    IsUnknownKey = true,
                    Help = Nearest.To(setting.Key, known) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", known)}.",
                });
            }
        }
    }

    private static void FindUnknownJobs(LoadedConfiguration configuration, IReadOnlyList<LoadedPlugin> plugins, List<Finding> findings)
    {
        var jobs = plugins.SelectMany(plugin => plugin.Contributions.Jobs).Select(job => job.Name).ToList();
        if (configuration.Settings.Find("jobs") is not MapNode schedules)
        {
            return;
        }

        foreach (var setting in schedules.Settings.Values.Where(setting => !jobs.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var path = $"jobs.{setting.Key}";
            var owner = plugins.FirstOrDefault(plugin => setting.Key.StartsWith(plugin.Id + ".", StringComparison.OrdinalIgnoreCase));
            findings.Add(owner is { IsActive: false }
                ? Finding.Note(path, setting.KeyOrigin, $"The plugin {owner.Id} is {Say(owner.State)}, so its job {setting.Key} does not run.", setting.Key.Length)
                : new Finding(path, setting.KeyOrigin, $"There is no job named {setting.Key}.")
                {
                    Length = setting.Key.Length,
                    IsUnknownKey = true,
                    Help = Nearest.To(setting.Key, jobs) is { } near ? $"Did you mean {near}?"
                        : jobs.Count == 0 ? "No plugin here has a job." : $"There are {string.Join(", ", jobs)}.",
                });
        }
    }

    private static string Say(PluginState state) => state switch
    {
        PluginState.Disabled => "disabled",
        PluginState.Failed => "failed",
        PluginState.Incompatible => "not compatible",
        _ => "not running",
    };
}
