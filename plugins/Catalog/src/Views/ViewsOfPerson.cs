using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>The views that a person has saved, for the page that tells what is kept about them.</summary>
internal sealed class ViewsOfPerson(IDatabase database) : IPersonalData
{
    public string Title => "Saved views";

    public Task<long> Count(EntityRef person, CancellationToken cancellationToken) =>
        database.Find<long>("select count(*) from catalog_views where owner = @person", new { person }, cancellationToken);

    public async Task<IReadOnlyList<object>> Tell(EntityRef person, CancellationToken cancellationToken) =>
        [.. await database.Query<SavedView>("select * from catalog_views where owner = @person order by name, id", new { person }, cancellationToken)];

    public Task Forget(EntityRef person, CancellationToken cancellationToken) =>
        database.Execute("delete from catalog_views where owner = @person", new { person }, cancellationToken);
}
