using System.Globalization;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.History;

/// <summary>Forgets versions and changes that are older than history is to reach back.</summary>
internal sealed class PruneHistory(IDatabase database, IOptions<CatalogOptions> options, TimeProvider time) : IScheduledJob
{
    private const int AtOnce = 5000;

    public async Task Run(JobContext job, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.History.Retention;
        var until = await database.Find<long>("select coalesce(max(seq), 0) from catalog_changes where at < @before", new { before }, cancellationToken);
        if (until == 0)
        {
            return;
        }

        var versions = await InSteps(
            "delete from catalog_versions where (ref, from_seq) in (select ref, from_seq from catalog_versions where until_seq <= @until limit @AtOnce)", until, cancellationToken);
        await database.Execute("delete from catalog_past_relations where until_seq <= @until", new { until }, cancellationToken);

        // The last line stays, whatever its age: the next one counts on from it.
        var changes = await InSteps(
            "delete from catalog_changes where seq in (select seq from catalog_changes where seq <= @until and seq < (select max(seq) from catalog_changes) limit @AtOnce)",
            until,
            cancellationToken);
        job.Summary = string.Create(CultureInfo.InvariantCulture, $"{versions} versions and {changes} lines forgotten");
    }

    private async Task<int> InSteps(string statement, long until, CancellationToken cancellationToken)
    {
        var all = 0;
        while (await database.Execute(statement, new { until, AtOnce }, cancellationToken) is var some and > 0)
        {
            all += some;
        }

        return all;
    }
}
