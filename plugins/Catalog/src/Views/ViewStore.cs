using System.Data.Common;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>The rows of saved views.</summary>
internal sealed class ViewStore(IDatabase database, TimeProvider time)
{
    private const string UniqueViolation = "23505";

    // One's own by name, then what others share, the latest first.
    private const string OwnFirst = "order by case when owner = @owner then 0 else 1 end, case when owner = @owner then lower(name) end, changed_at desc, id limit @limit offset @offset";

    /// <summary>Nobody has more of their own than <see cref="ViewLimits.MostOfOne"/>, so that these are never cut by what others share.</summary>
    public Task<IReadOnlyList<SavedView>> SeenBy(Caller caller, int offset, int limit, CancellationToken cancellationToken) => database.Query<SavedView>(
        $"select * from catalog_views where owner = @owner or shared_with in @with {OwnFirst}",
        new { owner = caller.Ref.ToString(), with = With(caller), offset, limit },
        cancellationToken);

    public Task<long> CountSeenBy(Caller caller, CancellationToken cancellationToken) => database.Find<long>(
        "select count(*) from catalog_views where owner = @owner or shared_with in @with", new { owner = caller.Ref.ToString(), with = With(caller) }, cancellationToken);

    /// <summary>All there are, for those who look after them; their own first.</summary>
    public Task<IReadOnlyList<SavedView>> All(Caller caller, int offset, int limit, CancellationToken cancellationToken) =>
        database.Query<SavedView>($"select * from catalog_views {OwnFirst}", new { owner = caller.Ref.ToString(), offset, limit }, cancellationToken);

    public Task<long> Count(CancellationToken cancellationToken) => database.Find<long>("select count(*) from catalog_views", cancellationToken);

    public Task<SavedView?> Find(Guid id, CancellationToken cancellationToken) => database.Find<SavedView>("select * from catalog_views where id = @id", new { id }, cancellationToken);

    /// <exception cref="ViewRefusedException">The owner has one of this name, or too many.</exception>
    public Task<SavedView> Add(string owner, string name, string query, string? sharedWith, CancellationToken cancellationToken) => Write(
        name,
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
    public Task<SavedView> Change(SavedView view, CancellationToken cancellationToken) => Write(
        view.Name,
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

    private async Task<SavedView> Write(string name, Func<ITransaction, Task<SavedView>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await database.Transaction(write, cancellationToken);
        }
        catch (DbException e) when (e.SqlState == UniqueViolation)
        {
            // Somebody saved the same name at the same moment, as one does who clicks twice.
            throw Second(name);
        }
    }

    private static async Task RefuseSecond(ITransaction transaction, string owner, string name, Guid except, CancellationToken cancellationToken)
    {
        var names = await transaction.Query<NameOfView>("select id, name from catalog_views where owner = @owner", new { owner }, cancellationToken);
        if (names.Any(other => other.Id != except && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw Second(name);
        }
    }

    private static ViewRefusedException Second(string name) => new($"There is a view called “{name}” already. Choose another name, or open that one and replace it.");

    private static List<string> With(Caller caller) => [SavedView.Everybody, .. caller.Groups.Select(group => group.ToString())];

    private sealed record NameOfView(Guid Id, string Name);
}
