using System.Collections.Concurrent;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Loading;

/// <summary>What active plugins have put into each slot, in order.</summary>
internal sealed class SlotRegistry(PluginRegistry plugins) : ISlots
{
    private readonly ConcurrentDictionary<Slot, (int Version, IReadOnlyList<SlotContribution> List)> _bySlot = new();

    public IReadOnlyList<SlotContribution> In(Slot slot)
    {
        var version = plugins.Version;
        if (_bySlot.TryGetValue(slot, out var known) && known.Version == version)
        {
            return known.List;
        }

        IReadOnlyList<SlotContribution> list =
        [
            .. plugins.Active
                .SelectMany(plugin => plugin.Contributions.Slots)
                .Where(contribution => contribution.Slot == slot)
                .OrderBy(contribution => contribution.Order)
                .ThenBy(contribution => contribution.PluginId, StringComparer.Ordinal),
        ];
        _bySlot[slot] = (version, list);
        return list;
    }
}
