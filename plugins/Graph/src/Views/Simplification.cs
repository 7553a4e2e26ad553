using Stagedoor.Graph.Model;

namespace Stagedoor.Graph.Views;

/// <summary>
/// Leaves out relations that others imply: to the whole of a whole, from the owner of a whole to its parts, from a group to
/// the members of its child groups, and those of an entity with itself. What depends on what is never left out.
/// </summary>
internal sealed class Simplification
{
    /// <summary>Of what has more parents than this, the rest is not looked at.</summary>
    private const int MostParents = 50;

    private readonly HashSet<(int From, int To, string Type)> _left;
    private readonly Dictionary<(int Node, string Type), List<int>> _parents = [];

    private Simplification(IReadOnlyList<Arrow> arrows)
    {
        _left = [.. arrows.Select(arrow => (arrow.From, arrow.To, arrow.Pair.Type))];
        foreach (var arrow in arrows)
        {
            if (arrow.Pair.Type is RelationPairs.Contains or RelationPairs.ParentOf)
            {
                if (!_parents.TryGetValue((arrow.To, arrow.Pair.Type), out var parents))
                {
                    _parents[(arrow.To, arrow.Pair.Type)] = parents = [];
                }

                if (parents.Count < MostParents)
                {
                    parents.Add(arrow.From);
                }
            }
        }
    }

    public static List<Arrow> Of(IReadOnlyList<Arrow> arrows)
    {
        var simplification = new Simplification(arrows);
        var kept = new List<Arrow>(arrows.Count);
        foreach (var arrow in arrows)
        {
            if (arrow.From == arrow.To || simplification.IsImplied(arrow))
            {
                simplification._left.Remove((arrow.From, arrow.To, arrow.Pair.Type));
            }
            else
            {
                kept.Add(arrow);
            }
        }

        return kept;
    }

    private bool IsImplied(Arrow arrow) => arrow.Pair.Type switch
    {
        RelationPairs.Contains => Between(arrow, RelationPairs.Contains, RelationPairs.Contains),
        RelationPairs.ParentOf => Between(arrow, RelationPairs.ParentOf, RelationPairs.ParentOf),
        RelationPairs.Owns => Between(arrow, RelationPairs.Owns, RelationPairs.Contains),
        RelationPairs.HasMember => Members(arrow),
        _ => false,
    };

    /// <summary>Whether there is one between: from the first by one relation, to the second by another.</summary>
    private bool Between(Arrow arrow, string first, string second)
    {
        foreach (var between in _parents.GetValueOrDefault((arrow.To, second)) ?? [])
        {
            if (between != arrow.From && between != arrow.To && _left.Contains((arrow.From, between, first)) && _left.Contains((between, arrow.To, second)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of a group are members of its parents.</summary>
    private readonly Dictionary<int, List<int>> _groupsOf = [];

    private bool Members(Arrow arrow)
    {
        if (_groupsOf.Count == 0)
        {
            foreach (var (from, to, type) in _left)
            {
                if (type == RelationPairs.HasMember)
                {
                    if (!_groupsOf.TryGetValue(to, out var groups))
                    {
                        _groupsOf[to] = groups = [];
                    }

                    if (groups.Count < MostParents)
                    {
                        groups.Add(from);
                    }
                }
            }
        }

        return (_groupsOf.GetValueOrDefault(arrow.To) ?? []).Exists(group =>
            group != arrow.From && _left.Contains((arrow.From, group, RelationPairs.ParentOf)) && _left.Contains((group, arrow.To, RelationPairs.HasMember)));
    }
}
