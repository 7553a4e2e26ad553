using Stagedoor.Docs.Pages;
using Stagedoor.Docs.Places;
using Stagedoor.Docs.Reading;
using Stagedoor.Docs.Sites;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Docs.Coverage;

/// <summary>Looks at all documentation of the catalog: what changed since the last time is read, the rest costs a glance.</summary>
internal sealed class CheckCoverage(ICatalog catalog, DocsReading reading, CoverageStore store, TimeProvider time) : IScheduledJob
{
    private const int AtOnce = 500;

    public async Task Run(JobContext context, CancellationToken cancellationToken)
    {
        var begunAt = time.GetUtcNow();
        var known = (await store.All(cancellationToken)).ToDictionary(row => row.Ref, StringComparer.Ordinal);
        var (looked, failed) = (0, 0);
        for (var offset = 0; ; offset += AtOnce)
        {
            var page = await catalog.List(new EntityQuery { Filter = HasDocs.Filter, OrderBy = "metadata.name", Offset = offset, Limit = AtOnce }, Caller.Portal, cancellationToken);
            foreach (var entity in page.Items.Where(HasDocs.OfItsOwn))
            {
                var row = await Look(entity.Ref, known.GetValueOrDefault(CoverageStore.KeyOf(entity.Ref)), cancellationToken);
                if (row is not null)
                {
                    await store.Put(row, cancellationToken);
                    looked++;
                    failed += row.Trouble is null ? 0 : 1;
                }
            }

            if (page.Items.Count < AtOnce)
            {
                break;
            }
        }

        await store.Forget(begunAt, cancellationToken);
        context.Summary = $"{looked} looked at, {failed} out of reach";
    }

    private async Task<CoverageRow?> Look(EntityRef entity, CoverageRow? before, CancellationToken cancellationToken)
    {
        var key = CoverageStore.KeyOf(entity);
        var now = time.GetUtcNow();
        try
        {
            if (await reading.Open(entity, null, Caller.Portal, cancellationToken) is not { } docs)
            {
                return null;
            }

            if (docs.Site is not { } site)
            {
                // What comes for the first time is there at the next look.
                return new CoverageRow(key, before?.Version, before?.Pages ?? 0, before?.Broken ?? 0, before?.ChangedAt, docs.IsComing ? before?.Trouble : docs.Trouble, now);
            }

            // A history that could not be read is asked for again.
            if (before is { ChangedAt: not null } && before.Version == site.Version)
            {
                return before with { Trouble = docs.Trouble, CheckedAt = now };
            }

            var findings = await reading.Check(docs, cancellationToken);
            var changes = await reading.KnownChanges(docs, cancellationToken);
            return new CoverageRow(
                key, site.Version, site.Pages.Count, findings.Count(finding => finding.IsBroken), LastOf(site, changes), docs.Trouble, now);
        }
        catch (OutboundException e)
        {
            return new CoverageRow(key, before?.Version, before?.Pages ?? 0, before?.Broken ?? 0, before?.ChangedAt, e.Message, now);
        }
    }

    private static DateTimeOffset? LastOf(Site site, IReadOnlyDictionary<string, CommitInfo> changes) =>
        site.Pages.Max(page => changes.TryGetValue(page.File.Source, out var change) ? change.At : page.File.ChangedAt);
}
