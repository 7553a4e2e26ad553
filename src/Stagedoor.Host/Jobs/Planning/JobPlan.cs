using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.Planning;

/// <summary>
/// Every job of every active plugin, with the configuration's overrides. Made when first asked for, which is at start,
/// after the plugins that failed have left.
/// </summary>
internal sealed class JobPlan(PluginRegistry plugins, IOptions<JobsOptions> configuration)
{
    private readonly Lazy<IReadOnlyDictionary<string, PlannedJob>> _jobs = new(() => Read(plugins, configuration.Value));

    public IEnumerable<PlannedJob> All => _jobs.Value.Values;

    public PlannedJob? Find(string name) => _jobs.Value.GetValueOrDefault(name);

    /// <summary>Names in the configuration that no job has: most likely typing mistakes.</summary>
    public IEnumerable<string> UnknownOverrides() =>
        configuration.Value.Keys.Where(name => Find(name) is null);

    private static SortedDictionary<string, PlannedJob> Read(PluginRegistry plugins, JobsOptions configured)
    {
        var jobs = new SortedDictionary<string, PlannedJob>(StringComparer.OrdinalIgnoreCase);
        foreach (var plugin in plugins.Active)
        {
            foreach (var job in plugin.Contributions.Jobs)
            {
                var planned = new PlannedJob(job.Name, plugin.Id, plugin.Info.Name, job.Type, job.Description, job.Schedule);
                jobs[job.Name] = JobOverrides.Apply(planned, configured.GetValueOrDefault(job.Name));
            }
        }

        return jobs;
    }
}
