using Stagedoor.Catalog.Engine.Store;

namespace Stagedoor.Catalog.Engine.Sources;

/// <summary>Which places one can come to from the first one of a source. Places that only name each other do not count.</summary>
internal static class Reach
{
    public static HashSet<Guid> From(IEnumerable<Guid> first, IEnumerable<PlaceLink> links)
    {
        var named = links.ToLookup(link => link.FromPlaceId, link => link.PlaceId);
        var reached = first.ToHashSet();
        var open = new Stack<Guid>(reached);
        while (open.TryPop(out var place))
        {
            foreach (var next in named[place].Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }
}
