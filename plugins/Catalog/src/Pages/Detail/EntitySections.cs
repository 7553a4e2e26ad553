using Microsoft.Extensions.Logging;
using Stagedoor.Catalog.Pages.Detail.Layouts;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail;

/// <summary>A section of an entity's page that has an address.</summary>
internal sealed record EntitySection(SlotContribution Contribution, string Title, long? Count)
{
    public string Name => Contribution.Name;
}

/// <summary>The sections that an entity's page has for a caller. One whose plugin fails to say whether it has a place is left out.</summary>
internal sealed class EntitySections(EntityLayouts layouts, ILogger<EntitySections> log)
{
    /// <summary>A number is not worth waiting for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    public async Task<IReadOnlyList<EntitySection>> Of(Entity entity, Caller caller, IServiceProvider services, CancellationToken cancellationToken)
    {
        var sections = new List<EntitySection>();
        foreach (var tab in layouts.Tabs(entity).Where(tab => caller.May(tab.Permission) && HasPlace(tab, entity)))
        {
            sections.Add(new EntitySection(tab, tab.Title ?? tab.Name, await Count(tab, entity, caller, services, cancellationToken)));
        }

        return sections;
    }

    /// <summary>What of these has a place on an entity's page.</summary>
    public IEnumerable<SlotContribution> Having(IEnumerable<SlotContribution> contributions, Entity entity) => contributions.Where(one => HasPlace(one, entity));

    private bool HasPlace(SlotContribution contribution, Entity entity)
    {
        try
        {
            return contribution.AppliesTo(entity);
        }
        catch (Exception problem)
        {
            log.LogError(problem, "{Contribution} could not say whether it has a place on the page of {Entity}", contribution.FullName, entity);
            return false;
        }
    }

    private async Task<long?> Count(SlotContribution tab, Entity entity, Caller caller, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (tab.Count is not { } count)
        {
            return null;
        }

        try
        {
            var counting = count(services, entity, caller, cancellationToken);
            return counting.IsCompletedSuccessfully ? counting.Result : await counting.AsTask().WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(problem, "{Contribution} could not be counted for {Entity}", tab.FullName, entity);
            return null;
        }
    }
}
