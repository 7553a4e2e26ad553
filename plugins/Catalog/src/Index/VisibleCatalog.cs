using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index;

/// <summary>A snapshot as one caller may see it. Every question goes through here, so that none forgets the scope.</summary>
internal sealed class VisibleCatalog(Snapshot snapshot, EntityFilter scope)
{
    private readonly bool _seesAll = scope is EntityFilter.AllOf { Filters.Count: 0 };
    private readonly EntityFilter _scope = SystemDomains.IsNeeded(scope) ? snapshot.Answers.OfSystems.Resolve(scope, _ => true) : scope;
    private Matches? _visible;

    public Snapshot Snapshot => snapshot;

    /// <summary>What the caller does not find is not there. To others it may be hidden, and nobody tells them which.</summary>
    public bool SeesAll => _seesAll;

    /// <summary>Changes when any answer may: with the catalog, and with what the caller may see of it.</summary>
    public string Tag => _seesAll ? $"\"{snapshot.Revision:x}\"" : $"\"{snapshot.Revision:x}-{FilterText.Of(_scope).GetHashCode(StringComparison.Ordinal):x}\"";

    public Found? Find(string kind, string space, string name) => Visible(snapshot.Find(kind, space, name));

    /// <param name="canonical">In lower case.</param>
    public Found? Find(ReadOnlySpan<byte> canonical) => Visible(snapshot.Find(canonical));

    /// <param name="uid">In lower case.</param>
    public Found? FindByUid(ReadOnlySpan<byte> uid)
    {
        foreach (var view in snapshot.Segments)
        {
            if (view.Segment.Columns.TryGetValue("metadata.uid", out var column))
            {
                var (from, to) = column.Find(uid);
                foreach (var document in column.DocumentsOf(from, to))
                {
                    if (view.IsLive(document))
                    {
                        return Visible(new Found(view.Segment, document));
                    }
                }
            }
        }

        return null;
    }

    public Matches Matching(EntityFilter filter) => snapshot.Answers.Matching(Scoped(filter));

    public Matches Matching(EntityFilter filter, string? text, IReadOnlyList<string> fields) => snapshot.Answers.Matching(Scoped(filter), text, fields);

    public FacetValue[] Facet(string path, EntityFilter filter, string? text = null, params IReadOnlyList<string> fields) =>
        snapshot.Answers.Facet(path, Scoped(filter), text, fields);

    public FacetTop Top(string path, string prefix, EntityFilter filter, string? text, IReadOnlyList<string> fields, int most) =>
        snapshot.Answers.Top(path, prefix, Scoped(filter), text, fields, most);

    /// <summary>How many of a set are in each domain that the caller may see.</summary>
    public FacetTop Domains(EntityFilter filter, string? text, IReadOnlyList<string> fields)
    {
        var all = snapshot.Answers.Domains(Scoped(filter), text, fields);
        if (_seesAll)
        {
            return all;
        }

        var seen = all.Values.Where(domain => EntityRef.Parse(domain.Value) is var reference && Find(reference.Kind, reference.Namespace, reference.Name) is not null).ToArray();
        return new FacetTop(seen, seen.Length);
    }

    /// <summary>A part of a set; entities without a value at the path come last.</summary>
    public IReadOnlyList<Found> Take(Matches among, string? orderBy, bool descending, int offset, int limit)
    {
        if (string.IsNullOrEmpty(orderBy))
        {
            return Paging.Take(snapshot, among, new PageQuery(null, descending, offset, limit));
        }

        var path = orderBy.ToLowerInvariant();
        var with = snapshot.Answers.WithValue(among, path);
        var page = Paging.Take(snapshot, with, new PageQuery(path, descending, offset, limit));
        if (page.Count < limit && (long)offset + limit > with.Total)
        {
            var without = snapshot.Answers.WithoutValue(among, path);
            page.AddRange(Paging.Take(snapshot, without, new PageQuery(null, Descending: false, Math.Max(0, offset - with.Total), limit - page.Count)));
        }

        return page;
    }

    /// <summary>Whether an entity of the snapshot is in a set.</summary>
    public bool Has(Matches set, Found found)
    {
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            if (snapshot.Segments[i].Segment == found.Segment)
            {
                return Bits.Has(set.Words[i], found.Document);
            }
        }

        return false;
    }

    private Found? Visible(Found? found) => found is null || _seesAll || Has(_visible ??= snapshot.Answers.Matching(_scope), found.Value) ? found : null;

    private EntityFilter Scoped(EntityFilter filter) =>
        SystemDomains.IsNeeded(filter) ? Scoped(snapshot.Answers.OfSystems.Resolve(filter, whole => Find(whole.Kind, whole.Namespace, whole.Name) is not null))
        : _seesAll ? filter
        : filter is EntityFilter.AllOf { Filters.Count: 0 } ? _scope
        : new EntityFilter.AllOf(_scope, filter);
}
