using System.Text;
using Stagedoor.Catalog.Index.Queries;
using Stagedoor.Catalog.Index.Relations;
using Stagedoor.Catalog.Index.Segments;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Index.Graphs;

/// <summary>The relations of a snapshot as far as one may see them and a question is about them.</summary>
internal sealed class GraphView
{
    private readonly Snapshot _snapshot;
    private readonly Matches _visible;
    private readonly bool _seesAll;
    private readonly Dictionary<Segment, int> _views = [];
    private readonly HashSet<string> _kinds;
    private readonly HashSet<string> _types;
    private readonly GraphDirection _direction;
    private readonly bool _oneWay;
    private readonly Dictionary<int, bool> _shown = [];

    public GraphView(VisibleCatalog visible, GraphQuery query)
    {
        _snapshot = visible.Snapshot;
        _visible = visible.Matching(EntityFilter.Everything);
        _seesAll = visible.SeesAll;
        for (var i = 0; i < _snapshot.Segments.Length; i++)
        {
            _views[_snapshot.Segments[i].Segment] = i;
        }

        _kinds = new HashSet<string>(query.Kinds, StringComparer.OrdinalIgnoreCase);
        _types = new HashSet<string>(query.Relations, StringComparer.OrdinalIgnoreCase);
        _direction = query.Direction;
        _oneWay = query.OneWay;
    }

    /// <summary>An entity that one may see.</summary>
    public Found? Entity(GraphPlace place) => Entity(Encoding.UTF8.GetBytes(place.Ref.ToString()));

    /// <summary>The relations of an entity, or of one that is only spoken of.</summary>
    public ReadOnlySpan<DeclaredRelation> RelationsOf(GraphPlace place)
    {
        if (place.Number < 0)
        {
            return default;
        }

        if (_snapshot.Find(_snapshot.Refs[place.Number]) is { } found)
        {
            return IsVisible(found) ? found.Segment.RelationsOf(found.Document) : default;
        }

        return _seesAll ? _snapshot.Missing.GetValueOrDefault(place.Number) : default;
    }

    public bool IsAbout(DeclaredRelation relation) =>
        _types.Count == 0 || _types.Contains(_snapshot.Types[relation.Relation.Type].Name) || _types.Contains(_snapshot.Types[relation.Relation.Inverse].Name);

    /// <summary>Whether to go along a relation.</summary>
    public bool Leads(DeclaredRelation relation) => IsAbout(relation) && (!_oneWay || _types.Contains(_snapshot.Types[relation.Relation.Type].Name)) && _direction switch
    {
        GraphDirection.Outgoing => relation.By.HasFlag(Declared.Here),
        GraphDirection.Incoming => relation.By.HasFlag(Declared.There),
        _ => true,
    };

    public bool IsOfKind(int number) => _kinds.Count == 0 || _kinds.Contains(Encoding.UTF8.GetString(_snapshot.Refs[number][.._snapshot.Refs[number].IndexOf((byte)':')]));

    /// <summary>One may see it; what does not exist is shown to whoever would see it if it did.</summary>
    public bool IsShown(int number)
    {
        if (!_shown.TryGetValue(number, out var shown))
        {
            var canonical = _snapshot.Refs[number];
            _shown[number] = shown = _snapshot.Find(canonical) is { } found ? IsVisible(found) : _seesAll;
        }

        return shown;
    }

    public GraphPlace PlaceOf(int number) => new(_snapshot.RefOf(number), number);

    /// <summary>The same edge from whichever end, and however many of the ends declare it.</summary>
    public GraphEdge Edge(GraphPlace here, DeclaredRelation declared)
    {
        var there = _snapshot.RefOf(declared.Relation.Other);
        return EdgeOf(here.Number, declared).From == here.Number
            ? new GraphEdge(here.Ref, there, _snapshot.Types[declared.Relation.Type].Name, _snapshot.Types[declared.Relation.Inverse].Name)
            : new GraphEdge(there, here.Ref, _snapshot.Types[declared.Relation.Inverse].Name, _snapshot.Types[declared.Relation.Type].Name);
    }

    /// <summary>The same, by numbers: of thousands of relations most are found twice.</summary>
    public NumberedEdge EdgeOf(int here, DeclaredRelation declared)
    {
        var relation = declared.Relation;
        var fromHere = declared.By switch
        {
            Declared.Here => true,
            Declared.There => false,
            _ => string.CompareOrdinal(_snapshot.Types[relation.Type].Name, _snapshot.Types[relation.Inverse].Name) is not 0 and var order
                ? order < 0
                : _snapshot.Refs[here].SequenceCompareTo(_snapshot.Refs[relation.Other]) <= 0,
        };
        return fromHere ? new NumberedEdge(here, relation.Other, relation.Type, relation.Inverse) : new NumberedEdge(relation.Other, here, relation.Inverse, relation.Type);
    }

    /// <summary>Edges with their names, in an order that is always the same.</summary>
    public GraphEdge[] Named(IEnumerable<NumberedEdge> edges, IReadOnlyDictionary<int, EntityRef> refs)
    {
        var sorted = edges.ToArray();
        Array.Sort(sorted, (x, y) =>
            x.From != y.From ? _snapshot.Refs[x.From].SequenceCompareTo(_snapshot.Refs[y.From])
            : x.Type != y.Type ? string.CompareOrdinal(_snapshot.Types[x.Type].Name, _snapshot.Types[y.Type].Name)
            : _snapshot.Refs[x.To].SequenceCompareTo(_snapshot.Refs[y.To]));
        return [.. sorted.Select(edge => new GraphEdge(refs[edge.From], refs[edge.To], _snapshot.Types[edge.Type].Name, _snapshot.Types[edge.Inverse].Name))];
    }

    private Found? Entity(ReadOnlySpan<byte> canonical) => _snapshot.Find(canonical) is { } found && IsVisible(found) ? found : null;

    private bool IsVisible(Found found) => Bits.Has(_visible.Words[_views[found.Segment]], found.Document);
}

/// <summary>An edge whose ends and types are numbers of a snapshot.</summary>
internal readonly record struct NumberedEdge(int From, int To, ushort Type, ushort Inverse);

/// <param name="Number">Of the reference, or -1 if nothing speaks of it.</param>
internal readonly record struct GraphPlace(EntityRef Ref, int Number);
