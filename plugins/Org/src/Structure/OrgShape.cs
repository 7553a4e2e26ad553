using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>
/// What is not as it should be in the tree of groups: parents that do not exist, and circles of parents. It is found out once for
/// each change of the directory.
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

    private Shape Find(long revision)
    {
        var lost = new List<Group>();
        var circles = new List<Group>();
        var reached = new HashSet<EntityRef>();
        foreach (var group in directory.Groups)
        {
            var parents = ParentsOf(group).ToList();
            if (parents.TrueForAll(parent => directory.FindGroup(parent) is null))
            {
                reached.UnionWith(directory.GroupsWithin(group.Ref));
                if (parents.Count > 0)
                {
                    lost.Add(group);
                }
            }
        }

        // What no top leads to stands in a circle, or below one.
        var tops = new List<EntityRef>(lost.Select(group => group.Ref));
        foreach (var group in directory.Groups)
        {
            if (reached.Contains(group.Ref))
            {
                continue;
            }

            var circle = CircleAbove(group);
            var top = circle.MinBy(member => member.Name, StringComparer.OrdinalIgnoreCase)!.Ref;
            circles.AddRange(circle);
            tops.Add(top);
            reached.UnionWith(directory.GroupsWithin(top));
        }

        return new Shape(revision, lost, circles, tops);
    }

    private List<Group> CircleAbove(Group group)
    {
        var way = new List<Group>();
        var places = new Dictionary<EntityRef, int>();
        for (var at = group; places.TryAdd(at.Ref, way.Count); at = ParentsOf(at).Select(directory.FindGroup).OfType<Group>().First())
        {
            way.Add(at);
        }

        var met = ParentsOf(way[^1]).Select(directory.FindGroup).OfType<Group>().First();
        return way[places[met.Ref]..];
    }

    private static IEnumerable<EntityRef> ParentsOf(Group group) => group.Parent is { } parent ? [parent, .. group.OtherParents] : group.OtherParents;
}

/// <param name="Lost">Groups that say they have a parent, and none of those exists.</param>
/// <param name="Circles">Groups that are above themselves.</param>
/// <param name="Tops">Where the tree begins besides the groups without a parent, so that every group is in it.</param>
internal sealed record Shape(long Revision, IReadOnlyList<Group> Lost, IReadOnlyList<Group> Circles, IReadOnlyList<EntityRef> Tops);
