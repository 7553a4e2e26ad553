using Microsoft.Extensions.Options;
using Stagedoor.Docs.Pages;
using Stagedoor.Docs.Places;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Coverage;

/// <summary>Answers which documentation is missing, old, broken or out of reach, among what the caller may see.</summary>
internal sealed class CoverageReading(ICatalog catalog, CoverageStore store, IOptions<DocsOptions> options, TimeProvider time)
{
    public const int Limit = 50;

    private static readonly EntityFilter Components = EntityFilter.OfKind("component");

    public async Task<CoverageAnswer> Answer(CoverageQuery query, Caller caller, CancellationToken cancellationToken)
    {
        var rows = (await store.All(cancellationToken)).Where(row => EntityRef.TryParse(row.Ref, null, EntityRef.DefaultNamespace, out _)).ToDictionary(row => EntityRef.Parse(row.Ref));
        var oldBefore = time.GetUtcNow() - TimeSpan.FromDays(options.Value.OldAfterDays);
        var counts = new Dictionary<CoverageView, long>();
        foreach (var view in Enum.GetValues<CoverageView>())
        {
            counts[view] = await catalog.Count(Filter(view, query.Owner, rows, oldBefore), caller, cancellationToken);
        }

        var page = await catalog.List(
            new EntityQuery { Filter = Filter(query.View, query.Owner, rows, oldBefore), OrderBy = "metadata.name", Offset = query.Offset, Limit = Limit }, caller, cancellationToken);
        var components = await catalog.Count(Of(Components, query.Owner), caller, cancellationToken);
        return new CoverageAnswer(
            query, [.. page.Items.Select(entity => (entity, rows.GetValueOrDefault(entity.Ref)))], page.Total, counts,
            components, components - counts[CoverageView.Missing], rows.Count == 0 ? null : rows.Values.Max(row => row.CheckedAt));
    }

    private static EntityFilter Filter(CoverageView view, string? owner, Dictionary<EntityRef, CoverageRow> rows, DateTimeOffset oldBefore) => view switch
    {
        CoverageView.Missing => Of(new EntityFilter.AllOf(Components, new EntityFilter.Not(HasDocs.Filter)), owner),
        CoverageView.Old => Of(Where(rows, row => row.ChangedAt < oldBefore), owner),
        CoverageView.Broken => Of(Where(rows, row => row.Broken > 0), owner),
        CoverageView.Unreadable => Of(Where(rows, row => row.Trouble is not null), owner),
        _ => Of(Where(rows, _ => true), owner),
    };

    private static EntityFilter.Among Where(Dictionary<EntityRef, CoverageRow> rows, Func<CoverageRow, bool> wanted) =>
        new EntityFilter.Among([.. rows.Where(row => wanted(row.Value)).Select(row => row.Key)]);

    private static EntityFilter Of(EntityFilter filter, string? owner) =>
        owner is null ? filter : new EntityFilter.AllOf(filter, new EntityFilter.Has("relations.ownedBy", owner));
}

internal enum CoverageView
{
    Missing,
    Old,
    Broken,
    Unreadable,
    All,
}

internal sealed record CoverageQuery(CoverageView View, string? Owner, int Offset);

/// <param name="Components">How many components there are.</param>
/// <param name="Documented">How many of them have documentation.</param>
/// <param name="CheckedAt">When all was last looked at; nothing if it was not yet.</param>
internal sealed record CoverageAnswer(
    CoverageQuery Query,
    IReadOnlyList<(Entity Entity, CoverageRow? Row)> Items,
    long Total,
    IReadOnlyDictionary<CoverageView, long> Counts,
    long Components,
    long Documented,
    DateTimeOffset? CheckedAt);
