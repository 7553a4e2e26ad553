using System.Collections.Concurrent;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Structure;

/// <summary>How many people are in a group and all below it, each once: remembered until the directory changes.</summary>
internal sealed class SquadSizes(IDirectory directory)
{
    private volatile Sizes _known = new(-1);

    public int Of(EntityRef group)
    {
        var revision = directory.Revision;
        var known = _known;
        if (known.Revision != revision)
        {
            _known = known = new Sizes(revision);
        }

        return known.OfGroups.GetOrAdd(group, one => directory.MembersOf(one).Count);
    }

    private sealed class Sizes(long revision)
    {
        public long Revision => revision;

        public ConcurrentDictionary<EntityRef, int> OfGroups { get; } = [];
    }
}
