using System.Globalization;
using Stagedoor.Catalog.Pages.List.Asking;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>Saving, sharing, changing and deleting views, for a caller who may.</summary>
internal sealed class SavedViews(ViewStore store, ICatalog catalog, IAudit audit)
{
    /// <summary>A caller's own views, and then those that are shared with them, the latest first.</summary>
    public Task<IReadOnlyList<SavedView>> SeenBy(Caller caller, int most, CancellationToken cancellationToken) => store.SeenBy(caller, offset: 0, most, cancellationToken);

    /// <summary>A page of those to look after: of an administrator all, of others what they see.</summary>
    public async Task<(IReadOnlyList<SavedView> Views, long Total)> For(Caller caller, int offset, int limit, CancellationToken cancellationToken) => caller.IsAdministrator
        ? (await store.All(caller, offset, limit, cancellationToken), await store.Count(cancellationToken))
        : (await store.SeenBy(caller, offset, limit, cancellationToken), await store.CountSeenBy(caller, cancellationToken));

    /// <summary>Nothing, if there is none or the caller may not see it: who may not cannot tell the difference.</summary>
    public async Task<SavedView?> Find(Guid id, Caller caller, CancellationToken cancellationToken) =>
        await store.Find(id, cancellationToken) is { } view && view.MaySee(caller) ? view : null;

    /// <exception cref="ViewRefusedException">It cannot be so.</exception>
    public Task<SavedView> Save(ViewDraft draft, Caller caller, CancellationToken cancellationToken) =>
        store.Add(caller.Ref.ToString(), Name(draft.Name), Query(draft.Query), With(draft.SharedWith, former: null, caller), cancellationToken);

    /// <param name="draft">What is not given stays; an empty text shares with nobody.</param>
    /// <exception cref="ViewRefusedException">It cannot be so.</exception>
    public async Task<SavedView> Change(SavedView view, ViewDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var changed = await store.Change(
            view with
            {
                Name = draft.Name is null ? view.Name : Name(draft.Name),
                Query = draft.Query is null ? view.Query : Query(draft.Query),
                SharedWith = draft.SharedWith is null ? view.SharedWith : With(draft.SharedWith, view.SharedWith, caller),
            },
            cancellationToken);
        await Record(view, "catalog.view-changed", caller, cancellationToken);
        return changed;
    }

    public async Task Delete(SavedView view, Caller caller, CancellationToken cancellationToken)
    {
        await store.Delete(view.Id, cancellationToken);
        await Record(view, "catalog.view-deleted", caller, cancellationToken);
    }

    // One's own views are one's own business.
    private Task Record(SavedView view, string action, Caller caller, CancellationToken cancellationToken) => view.IsOf(caller)
        ? Task.CompletedTask
        : audit.Record(new AuditEntry(caller, action, $"The view “{view.Name}” of {view.Owner}") { Before = System.Text.Json.JsonSerializer.Serialize(view) }, cancellationToken);

    private static string Name(string? name)
    {
        var text = name?.Trim() ?? "";
        return text.Length == 0 ? throw new ViewRefusedException("A view needs a name.")
            : text.Length > ViewLimits.LongestName ? throw new ViewRefusedException($"A name has at most {ViewLimits.LongestName} characters; this one has {text.Length.ToString(CultureInfo.InvariantCulture)}.")
            : text.Any(char.IsControl) ? throw new ViewRefusedException("A name is one line of text.")
            : text;
    }

    /// <summary>In the one way in which the list writes it, so that nothing else gets into an address.</summary>
    private string Query(string? query)
    {
        if (query?.Length > ViewLimits.LongestQuery)
        {
            throw new ViewRefusedException($"The address of this list is longer than {ViewLimits.LongestQuery} characters. Choose fewer values.");
        }

        return ListAddress.Kept(ListAddress.Read(query ?? "", catalog.Model));
    }

    private static string? With(string? sharedWith, string? former, Caller caller)
    {
        var text = sharedWith?.Trim() ?? "";
        return text.Length == 0 ? null
            : text == SavedView.Everybody ? text
            : !EntityRef.TryParse(text, "group", EntityRef.DefaultNamespace, out var group) ? throw new ViewRefusedException($"'{text}' is no group. Write a group such as group:default/squad-lantern, or {SavedView.Everybody}.")
            : group.ToString() == former || caller.IsAdministrator || caller.Groups.Contains(group) ? group.ToString()
            : throw new ViewRefusedException($"You do not belong to {text}. Share with one of your groups, or with everybody.");
    }
}
