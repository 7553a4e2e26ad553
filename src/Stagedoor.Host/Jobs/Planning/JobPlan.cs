using Microsoft.Extensions.Configuration;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>
/// Every job of every active plugin, with the configuration's overrides. Made when first asked for, which is at start,
/// after the plugins that failed have left.
/// </summary>
internal sealed class JobPlan(PluginRegistry plugins, IConfiguration configuration)
{
    private readonly Lazy<IReadOnlyDictionary<string, PlannedJob>> _jobs = new(() => Read(plugins, configuration));

    public IEnumerable<PlannedJob> All => _jobs.Value.Values;

    public PlannedJob? Find(string name) => _jobs.Value.GetValueOrDefault(name);

    /// <summary>Names in the configuration that no job has: most likely typing mistakes.</summary>
    public IEnumerable<string> UnknownOverrides() =>
        configuration.GetSection(JobOverrides.Section).GetChildren().Select(section => section.Key).Where(name => Find(name) is null);

    private static SortedDictionary<string, PlannedJob> Read(PluginRegistry plugins, IConfiguration configuration)
    {
        var jobs = new SortedDictionary<string, PlannedJob>(StringComparer.OrdinalIgnoreCase);
        foreach (var plugin in plugins.Active)
        {
            foreach (var job in plugin.Contributions.Jobs)
            {
                var planned = new PlannedJob(job.Name, plugin.Id, plugin.Info.Name, job.Type, job.Description, job.Schedule);
                jobs[job.Name] = JobOverrides.Apply(planned, configuration.GetSection(JobOverrides.Section).GetSection(job.Name));
            }
        }

        return jobs;
    }
}
