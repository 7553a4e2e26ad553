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
    private readonly Dictionary<Segment, int> _views = [];
    private readonly HashSet<string> _kinds;
    private readonly HashSet<string> _types;
    private readonly GraphDirection _direction;
    private readonly Dictionary<int, bool> _shown = [];

    public GraphView(Snapshot snapshot, Matches visible, GraphQuery query)
    {
        _snapshot = snapshot;
        _visible = visible;
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            _views[snapshot.Segments[i].Segment] = i;
        }

        _kinds = new HashSet<string>(query.Kinds, StringComparer.OrdinalIgnoreCase);
        _types = new HashSet<string>(query.Relations, StringComparer.OrdinalIgnoreCase);
        _direction = query.Direction;
    }

    /// <summary>An entity that one may see.</summary>
    public Found? Entity(GraphPlace place) => Entity(Encoding.UTF8.GetBytes(place.Ref.ToString()));

    /// <summary>The relations of an entity, or of one that is only spoken of.</summary>
    public ReadOnlySpan<DeclaredRelation> RelationsOf(GraphPlace place)
    {
        var canonical = Encoding.UTF8.GetBytes(place.Ref.ToString());
        if (_snapshot.Find(canonical) is not null)
        {
            return Entity(canonical) is { } entity ? entity.Segment.RelationsOf(entity.Document) : default;
        }

        return place.Number >= 0 ? _snapshot.Missing.GetValueOrDefault(place.Number) : default;
    }

    public bool IsAbout(DeclaredRelation relation) =>
        _types.Count == 0 || _types.Contains(_snapshot.Types[relation.Relation.Type].Name) || _types.Contains(_snapshot.Types[relation.Relation.Inverse].Name);

    /// <summary>Whether to go along a relation.</summary>
    public bool Leads(DeclaredRelation relation) => IsAbout(relation) && _direction switch
    {
        GraphDirection.Outgoing => relation.By.HasFlag(Declared.Here),
        GraphDirection.Incoming => relation.By.HasFlag(Declared.There),
        _ => true,
    };

    public bool IsOfKind(GraphPlace place) => _kinds.Count == 0 || _kinds.Contains(place.Ref.Kind);

    /// <summary>One may see it, or it does not exist.</summary>
    public bool IsShown(int number)
    {
        if (!_shown.TryGetValue(number, out var shown))
        {
            var canonical = _snapshot.Refs[number];
            _shown[number] = shown = _snapshot.Find(canonical) is null || Entity(canonical) is not null;
        }

        return shown;
    }

    public GraphPlace PlaceOf(int number) => new(_snapshot.RefOf(number), number);

    /// <summary>The same edge from whichever end, and however many of the ends declare it.</summary>
    public GraphEdge Edge(GraphPlace here, DeclaredRelation declared)
    {
        var there = _snapshot.RefOf(declared.Relation.Other);
        var (type, inverse) = (_snapshot.Types[declared.Relation.Type].Name, _snapshot.Types[declared.Relation.Inverse].Name);
        var fromHere = declared.By switch
        {
            Declared.Here => true,
            Declared.There => false,
            _ => string.CompareOrdinal(type, inverse) is not 0 and var order ? order < 0 : string.CompareOrdinal(here.Ref.ToString(), there.ToString()) <= 0,
        };
        return fromHere ? new GraphEdge(here.Ref, there, type, inverse) : new GraphEdge(there, here.Ref, inverse, type);
    }

    private Found? Entity(ReadOnlySpan<byte> canonical) =>
        _snapshot.Find(canonical) is { } found && Bits.Has(_visible.Words[_views[found.Segment]], found.Document) ? found : null;
}

/// <param name="Number">Of the reference, or -1 if nothing speaks of it.</param>
internal readonly record struct GraphPlace(EntityRef Ref, int Number);
