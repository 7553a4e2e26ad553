using System.Collections.Concurrent;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>
/// Answers questions about a segment, dead entities included, and keeps the answers: a segment never changes, so they
/// stay true. Paths are in lower case here.
/// </summary>
internal sealed class SegmentAnswers(Segment segment)
{
    private readonly KeptAnswers<ulong[]> _filters = new(64);
    private readonly KeptAnswers<Column> _implied = new(32);
    private readonly KeptAnswers<Order> _orders = new(8);
    private readonly ConcurrentDictionary<Column, Trigrams> _trigrams = new();
    private ulong[]? _all;
    private Column? _titles;

    public ulong[] All => _all ??= Bits.All(segment.Count);

    /// <summary>What stands at a path, with what a text in a list implies: <c>metadata.tags.java</c> is true.</summary>
    public Column? Column(string path)
    {
        if (path == TitleColumn.Path)
        {
            return _titles ??= TitleColumn.Of(segment);
        }

        segment.Columns.TryGetValue(path, out var own);
        if (_implied.TryGet(path, out var kept))
        {
            return kept;
        }

        var implied = ImpliedColumn.At(segment, path, own);
        if (implied is not null)
        {
            _implied.Keep(path, implied);
        }

        return implied ?? own;
    }

    /// <summary>Those that have something at a path which can be compared.</summary>
    public ulong[] Valued(string path) => Kept("#" + path, () => Column(path) is { } column ? Bits.Of(segment.Count, column.Postings) : Bits.None(segment.Count));

    public Order Order(string path, bool descending)
    {
        var question = (descending ? "-" : "+") + path;
        if (!_orders.TryGet(question, out var order))
        {
            order = Queries.Order.Of(segment, Column(path), descending);
            _orders.Keep(question, order);
        }

        return order;
    }

    /// <summary>Not to be written into.</summary>
    public ulong[] Matching(EntityFilter filter)
    {
        switch (filter)
        {
            case EntityFilter.AllOf { Filters.Count: 0 }:
                return All;
            case EntityFilter.AllOf { Filters.Count: 1 } all:
                return Matching(all.Filters.First());
            case EntityFilter.AnyOf { Filters.Count: 1 } any:
                return Matching(any.Filters.First());
            default:
                return Kept(FilterText.Of(filter), () => Compute(filter));
        }
    }

    /// <summary>Those with a text somewhere in one of the fields. Not to be written into.</summary>
    public ulong[] Containing(string term, IReadOnlyList<string> fields) => Kept(FilterText.Of(term, fields), () =>
    {
        var words = Bits.None(segment.Count);
        if (ValueText.Lower(term) is { } lower)
        {
            foreach (var field in fields)
            {
                if (Column(field.ToLowerInvariant()) is { } column)
                {
                    TextSearch.Set(words, column, lower, TrigramsOf(column));
                }
            }
        }

        return words;
    });

    private Trigrams? TrigramsOf(Column column) =>
        column.AllLower.Length < Trigrams.Worthwhile ? null : _trigrams.GetOrAdd(column, _ => new Trigrams(column));

    private ulong[] Kept(string question, Func<ulong[]> compute)
    {
        if (!_filters.TryGet(question, out var words))
        {
            words = compute();
            _filters.Keep(question, words);
        }

        return words;
    }

    private ulong[] Compute(EntityFilter filter)
    {
        var words = Bits.None(segment.Count);
        switch (filter)
        {
            case EntityFilter.Has has when Column(has.Path.ToLowerInvariant()) is { } column:
                foreach (var value in has.Values)
                {
                    if (ValueText.Lower(value) is { } lower)
                    {
                        var (from, to) = column.Find(lower);
                        Bits.Set(words, column.DocumentsOf(from, to));
                    }
                }

                break;
            case EntityFilter.Exists exists when Column(exists.Path.ToLowerInvariant()) is { } column:
                Bits.Set(words, column.Postings);
                Bits.Set(words, column.Nulls);
                break;
            case EntityFilter.StartsWith starts when Column(starts.Path.ToLowerInvariant()) is { } column && ValueText.Lower(starts.Prefix) is { } prefix:
                var (first, end) = column.FindPrefix(prefix);
                Bits.Set(words, column.DocumentsOf(first, end));
                break;
            case EntityFilter.Among among:
                Span<byte> buffer = stackalloc byte[256];
                foreach (var entity in among.Entities)
                {
                    var canonical = new CanonicalRef(buffer, entity);
                    if (segment.Find(canonical.Text, Utf8Table.Hash(canonical.Text)) is >= 0 and var document)
                    {
                        words[document >> 6] |= 1UL << (document & 63);
                    }
                }

                break;
            case EntityFilter.Not not:
                Bits.Or(words, All);
                Bits.AndNot(words, Matching(not.Filter));
                break;
            case EntityFilter.AllOf all:
                Bits.Or(words, All);
                foreach (var part in all.Filters)
                {
                    Bits.And(words, Matching(part));
                }

                break;
            case EntityFilter.AnyOf any:
                foreach (var part in any.Filters)
                {
                    Bits.Or(words, Matching(part));
                }

                break;
        }

        return words;
    }
}
