using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>
/// Where the tree of groups begins, and what is not as it should be in it: parents that do not exist, and circles of parents.
/// It is found out once for each change of the directory.
/// </summary>
internal sealed class OrgShape(IDirectory directory)
{
    private volatile Shape? _known;

    public Shape Current
    {
        get
        {
            var revision = directory.Revision;
            return _known is { } known && known.Revision == revision ? known : _known = Find(revision);
        }
    }

    public static IEnumerable<EntityRef> ParentsOf(Group group) => group.Parent is { } parent ? group.OtherParents.Prepend(parent) : group.OtherParents;

    private Shape Find(long revision)
    {
        var tops = new List<Group>();
        var lost = new List<Group>();
        var circles = new List<Group>();
        var reached = new HashSet<EntityRef>();
        foreach (var group in directory.Groups)
        {
            var parents = ParentsOf(group).ToList();
            if (parents.TrueForAll(parent => directory.FindGroup(parent) is null))
            {
                tops.Add(group);
                Reach(group, reached);
                if (parents.Count > 0)
                {
                    lost.Add(group);
                }
            }
        }

        // What no top leads to stands in a circle, or below one.
        foreach (var group in directory.Groups)
        {
            if (!reached.Contains(group.Ref))
            {
                var circle = CircleAbove(group);
                var top = circle.MinBy(member => member.Name, StringComparer.OrdinalIgnoreCase)!;
                circles.AddRange(circle);
                tops.Add(top);
                Reach(top, reached);
            }
        }

        return new Shape(revision, [.. tops.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)], lost, circles);
    }

    private void Reach(Group top, HashSet<EntityRef> reached)
    {
        var next = new Stack<EntityRef>([top.Ref]);
        while (next.TryPop(out var group))
        {
            if (reached.Add(group))
            {
                foreach (var child in directory.ChildrenOf(group))
                {
                    next.Push(child.Ref);
                }
            }
        }
    }

    /// <summary>Nobody above it is a top, so the way up meets itself.</summary>
    private List<Group> CircleAbove(Group group)
    {
        var way = new List<Group>();
        var places = new Dictionary<EntityRef, int>();
        var at = group;
        while (places.TryAdd(at.Ref, way.Count))
        {
            way.Add(at);
            at = ParentsOf(at).Select(directory.FindGroup).OfType<Group>().First();
        }

        return way[places[at.Ref]..];
    }
}

/// <param name="Tops">Where the tree begins, by name: from them every group is reached.</param>
/// <param name="Lost">Groups that say they have a parent, and none of those exists.</param>
/// <param name="Circles">Groups that are above themselves.</param>
internal sealed record Shape(long Revision, IReadOnlyList<Group> Tops, IReadOnlyList<Group> Lost, IReadOnlyList<Group> Circles);
