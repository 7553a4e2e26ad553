using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Queries;

/// <summary>Answers questions about a snapshot, and keeps some of the answers as long as it is the current one.</summary>
internal sealed class SnapshotAnswers(Snapshot snapshot)
{
    /// <summary>A longer list of values is counted anew each time.</summary>
    private const int LongestKept = 1000;

    private readonly KeptAnswers<Matches> _matches = new(128);
    private readonly KeptAnswers<FacetValue[]> _facets = new(64);
    private readonly KeptAnswers<FacetTop> _tops = new(64);
    private SystemDomains? _domains;

    /// <summary>Of the whole catalog, whoever asks: what is told of it must be looked for in the caller's scope.</summary>
    public SystemDomains OfSystems => _domains ??= SystemDomains.Of(snapshot);

    public Matches Matching(EntityFilter filter)
    {
        var question = FilterText.Of(filter);
        if (!_matches.TryGet(question, out var matches))
        {
            matches = Collect(segment => segment.Answers.Matching(filter));
            _matches.Keep(question, matches);
        }

        return matches;
    }

    /// <param name="term">Nothing, or blank, for no condition.</param>
    public Matches Matching(EntityFilter filter, string? term, IReadOnlyList<string> fields)
    {
        if (string.IsNullOrWhiteSpace(term))
        {
            return Matching(filter);
        }

        var trimmed = term.Trim();
        var question = FilterText.Of(trimmed, fields) + FilterText.Of(filter);
        if (!_matches.TryGet(question, out var matches))
        {
            matches = Collect(segment => Both(segment.Answers.Matching(filter), segment.Answers.Containing(trimmed, fields)));
            _matches.Keep(question, matches);
        }

        return matches;
    }

    /// <summary>Those of a set that have a value at a path.</summary>
    public Matches WithValue(Matches among, string path)
    {
        if (!among.WithValue.TryGet(path, out var with))
        {
            var words = new ulong[snapshot.Segments.Length][];
            for (var i = 0; i < words.Length; i++)
            {
                words[i] = Both(among.Words[i], snapshot.Segments[i].Segment.Answers.Valued(path));
            }

            with = Of(words);
            among.WithValue.Keep(path, with);
        }

        return with;
    }

    /// <summary>Those of a set that have no value at a path.</summary>
    public Matches WithoutValue(Matches among, string path)
    {
        var words = new ulong[snapshot.Segments.Length][];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (ulong[])among.Words[i].Clone();
            Bits.AndNot(words[i], snapshot.Segments[i].Segment.Answers.Valued(path));
        }

        return Of(words);
    }

    /// <summary>The values at a path, in order, as they are written.</summary>
    /// <param name="term">Nothing, or blank, for no condition.</param>
    public FacetValue[] Facet(string path, EntityFilter filter, string? term = null, params IReadOnlyList<string> fields)
    {
        var lower = path.ToLowerInvariant();
        var text = string.IsNullOrWhiteSpace(term) ? "" : FilterText.Of(term.Trim(), fields);
        var question = lower + "\n" + text + FilterText.Of(filter);
        if (!_facets.TryGet(question, out var values))
        {
            values = Facets.Count(snapshot, lower, Matching(filter, term, fields));
            if (values.Length <= LongestKept)
            {
                _facets.Keep(question, values);
            }
        }

        return values;
    }

    /// <summary>The most frequent values at a path, and how many different ones there are.</summary>
    /// <param name="prefix">Only values that begin so, in lower case.</param>
    public FacetTop Top(string path, string prefix, EntityFilter filter, string? term, IReadOnlyList<string> fields, int most)
    {
        var lower = path.ToLowerInvariant();
        var question = $"{most}\n{lower}\n{prefix}\n{(string.IsNullOrWhiteSpace(term) ? "" : FilterText.Of(term.Trim(), fields))}{FilterText.Of(filter)}";
        if (!_tops.TryGet(question, out var top))
        {
            top = TopValues.Count(snapshot, lower, prefix, Matching(filter, term, fields), most);
            if (top.Values.Count <= LongestKept)
            {
                _tops.Keep(question, top);
            }
        }

        return top;
    }

    /// <summary>How many of a set are in each domain, in systems of it too; the most frequent first.</summary>
    public FacetTop Domains(EntityFilter filter, string? term, IReadOnlyList<string> fields)
    {
        var question = $"domains\n{(string.IsNullOrWhiteSpace(term) ? "" : FilterText.Of(term.Trim(), fields))}{FilterText.Of(filter)}";
        if (!_tops.TryGet(question, out var top))
        {
            top = DomainCounts.Count(snapshot, OfSystems, Matching(filter, term, fields));
            if (top.Values.Count <= LongestKept)
            {
                _tops.Keep(question, top);
            }
        }

        return top;
    }

    private static ulong[] Both(ulong[] a, ulong[] b)
    {
        var both = (ulong[])a.Clone();
        Bits.And(both, b);
        return both;
    }

    private Matches Collect(Func<Segment, ulong[]> matching)
    {
        var words = new ulong[snapshot.Segments.Length][];
        for (var i = 0; i < words.Length; i++)
        {
            var view = snapshot.Segments[i];
            var all = matching(view.Segment);
            words[i] = view.Live is null ? all : Both(all, view.Live);
        }

        return Of(words);
    }

    private static Matches Of(ulong[][] words) => new(words, [.. words.Select(set => Bits.Count(set))]);
}
