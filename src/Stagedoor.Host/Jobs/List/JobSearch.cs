using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Jobs.List;

/// <summary>Lets those who may see jobs find them by name, description or plugin.</summary>
internal sealed class JobSearch(JobPlan plan) : ISearchSource
{
    public string Title => "Jobs";

    public Task<IReadOnlyList<SearchDocument>> Suggest(string text, Caller caller, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchDocument> found =
        [
            .. plan.All
                .Where(job => $"{job.Name} {job.PluginName} {job.Description}".Contains(text, StringComparison.OrdinalIgnoreCase))
                .OrderBy(job => job.Name, StringComparer.Ordinal)
                .Take(limit)
                .Select(job => new SearchDocument(job.Name, job.Name, $"/settings/jobs/{Uri.EscapeDataString(job.Name)}")
                {
                    Detail = job.Description, Icon = "clock", Permission = JobPermissions.Read,
                }),
        ];
        return Task.FromResult(found);
    }
}
