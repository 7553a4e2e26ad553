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
            return _known is { } known && known.Revision == revision ? known : _known = Shape.Of(directory.Groups, revision);
        }
    }

    public static IEnumerable<EntityRef> ParentsOf(Group group) => group.Parent is { } parent ? group.OtherParents.Prepend(parent) : group.OtherParents;
}

/// <param name="Tops">Where the tree begins, by name: from them every group is reached.</param>
/// <param name="Lost">Groups that say they have a parent, and none of those exists.</param>
/// <param name="Circles">Groups that are above themselves.</param>
internal sealed record Shape(long Revision, IReadOnlyList<Group> Tops, IReadOnlyList<Group> Lost, IReadOnlyList<Group> Circles)
{
    /// <summary>The shape that some groups have among themselves. Nothing else is asked: the directory may be another one by then.</summary>
    public static Shape Of(IReadOnlyList<Group> groups, long revision = 0) => new Finding(groups).Find(revision);

    private sealed class Finding(IReadOnlyList<Group> groups)
    {
        private readonly Dictionary<EntityRef, Group> _known = groups.ToDictionary(group => group.Ref);
        private readonly ILookup<EntityRef, EntityRef> _children =
            groups.SelectMany(group => OrgShape.ParentsOf(group).Select(parent => (parent, group.Ref))).ToLookup(pair => pair.parent, pair => pair.Ref);

        private readonly HashSet<EntityRef> _reached = [];

        public Shape Find(long revision)
        {
            var tops = new List<Group>();
            var lost = new List<Group>();
            var circles = new List<Group>();
            foreach (var group in groups)
            {
                var parents = OrgShape.ParentsOf(group).ToList();
                if (!parents.Exists(_known.ContainsKey))
                {
                    tops.Add(group);
                    Reach(group);
                    if (parents.Count > 0)
                    {
                        lost.Add(group);
                    }
                }
            }

            // What no top leads to stands in a circle, or below one.
            foreach (var group in groups)
            {
                if (!_reached.Contains(group.Ref))
                {
                    var circle = CircleAbove(group);
                    var top = circle.MinBy(member => member.Name, StringComparer.OrdinalIgnoreCase)!;
                    circles.AddRange(circle);
                    tops.Add(top);
                    Reach(top);
                }
            }

            return new Shape(revision, [.. tops.OrderBy(group => group.Name, StringComparer.OrdinalIgnoreCase)], lost, circles);
        }

        private void Reach(Group top)
        {
            var next = new Stack<EntityRef>([top.Ref]);
            while (next.TryPop(out var group))
            {
                if (_reached.Add(group))
                {
                    foreach (var child in _children[group])
                    {
                        next.Push(child);
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
                at = _known[OrgShape.ParentsOf(at).First(_known.ContainsKey)];
            }

            return way[places[at.Ref]..];
        }
    }
}
