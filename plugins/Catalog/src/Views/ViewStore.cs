using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>The rows of saved views.</summary>
internal sealed class ViewStore(IDatabase database, TimeProvider time)
{
    private const int MostSeen = 500;

    /// <summary>A person's own views and those shared with them, each by name.</summary>
    public Task<IReadOnlyList<SavedView>> SeenBy(Caller caller, CancellationToken cancellationToken) => database.Query<SavedView>(
        "select * from catalog_views where owner = @owner or shared_with in @with order by lower(name), id limit @MostSeen",
        new { owner = caller.Ref.ToString(), with = With(caller), MostSeen },
        cancellationToken);

    /// <summary>All there are, for those who look after them.</summary>
    public Task<IReadOnlyList<SavedView>> All(CancellationToken cancellationToken) =>
        database.Query<SavedView>("select * from catalog_views order by lower(name), id limit @MostSeen", new { MostSeen }, cancellationToken);

    public Task<SavedView?> Find(Guid id, CancellationToken cancellationToken) => database.Find<SavedView>("select * from catalog_views where id = @id", new { id }, cancellationToken);

    /// <exception cref="ViewRefusedException">The owner has one of this name, or too many.</exception>
    public Task<SavedView> Add(string owner, string name, string query, string? sharedWith, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            await RefuseSecond(transaction, owner, name, except: Guid.Empty, cancellationToken);
            if (await transaction.Find<long>("select count(*) from catalog_views where owner = @owner", new { owner }, cancellationToken) >= ViewLimits.MostOfOne)
            {
                throw new ViewRefusedException($"One can save {ViewLimits.MostOfOne} views. Delete one that is no longer needed.");
            }

            var now = time.GetUtcNow();
            var view = new SavedView(Guid.CreateVersion7(now), owner, name, query, sharedWith, now, now);
            await transaction.Execute(
                "insert into catalog_views (id, owner, name, query, shared_with, created_at, changed_at) values (@Id, @Owner, @Name, @Query, @SharedWith, @CreatedAt, @ChangedAt)", view, cancellationToken);
            return view;
        },
        cancellationToken);

    /// <exception cref="ViewRefusedException">The owner has another of this name.</exception>
    public Task<SavedView> Change(SavedView view, CancellationToken cancellationToken) => database.Transaction(
        async transaction =>
        {
            await RefuseSecond(transaction, view.Owner, view.Name, view.Id, cancellationToken);
            var changed = view with { ChangedAt = time.GetUtcNow() };
            await transaction.Execute(
                "update catalog_views set name = @Name, query = @Query, shared_with = @SharedWith, changed_at = @ChangedAt where id = @Id", changed, cancellationToken);
            return changed;
        },
        cancellationToken);

    public Task Delete(Guid id, CancellationToken cancellationToken) => database.Execute("delete from catalog_views where id = @id", new { id }, cancellationToken);

    private static async Task RefuseSecond(ITransaction transaction, string owner, string name, Guid except, CancellationToken cancellationToken)
    {
        var names = await transaction.Query<NameOfView>("select id, name from catalog_views where owner = @owner", new { owner }, cancellationToken);
        if (names.Any(other => other.Id != except && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ViewRefusedException($"There is a view called “{name}” already. Choose another name, or open that one and replace it.");
        }
    }

    private static List<string> With(Caller caller) => [SavedView.Everybody, .. caller.Groups.Select(group => group.ToString())];

    private sealed record NameOfView(Guid Id, string Name);
}
