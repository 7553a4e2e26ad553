using Stagedoor.Graph.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

/// <summary>Puts the entities of a picture into groups: their system, domain, owner or kind.</summary>
internal sealed class GroupAssignment(ICatalog catalog, Caller caller)
{
    /// <summary>The groups, and the number of each node's group or -1.</summary>
    public async ValueTask<(IReadOnlyList<PictureGroup> Groups, int[] Of)> By(Grouping by, IReadOnlyList<PictureNode> nodes, CancellationToken cancellationToken)
    {
        if (by == Grouping.Kind)
        {
            return ByKind(nodes);
        }

        var facts = nodes.Where(node => node.Facts is not null).ToDictionary(node => node.Ref, node => node.Facts!);
        if (by == Grouping.Domain)
        {
            await Learn(facts, [.. facts.Values.Where(known => known.Domain is null).SelectMany(known => known.Systems)], cancellationToken);
        }

        var keys = nodes.Select(node => KeyOf(by, node, facts)).ToArray();
        await Learn(facts, [.. keys.OfType<EntityRef>()], cancellationToken);
        var numbers = new Dictionary<EntityRef, int>();
        var groups = new List<PictureGroup>();
        var of = new int[nodes.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] is not { } key)
            {
                of[i] = -1;
                continue;
            }

            if (!numbers.TryGetValue(key, out of[i]))
            {
                numbers[key] = of[i] = groups.Count;
                groups.Add(new PictureGroup(facts.GetValueOrDefault(key)?.Title ?? EntityFacts.Cut(key.Name, 120), key));
            }
        }

        return (groups, of);
    }

    /// <summary>What most of them have, so that a picture of thousands has parts.</summary>
    public static Grouping Fitting(IReadOnlyList<PictureNode> nodes)
    {
        var facts = nodes.Select(node => node.Facts).OfType<EntityFacts>().ToList();
        bool Most(Func<EntityFacts, bool> have) => facts.Count(have) * 10 > facts.Count * 6;

        // Systems are parts of domains; each in a group of its own would be no part of anything.
        return Most(known => known.System is not null || known.Kind == "System") && facts.Exists(known => known.System is not null) ? Grouping.System
            : Most(known => known.Domain is not null) ? Grouping.Domain
            : Most(known => known.Owner is not null || known.Team is not null) ? Grouping.Owner
            : Grouping.Kind;
    }

    private (IReadOnlyList<PictureGroup> Groups, int[] Of) ByKind(IReadOnlyList<PictureNode> nodes)
    {
        var kinds = nodes.Select(node => node.Kind).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return (
            [.. kinds.Select(kind => new PictureGroup(catalog.Model.Kind(kind) is { } known ? known.Plural ?? known.Name : kind, Ref: null))],
            [.. nodes.Select(node => kinds.FindIndex(kind => string.Equals(kind, node.Kind, StringComparison.OrdinalIgnoreCase)))]);
    }

    private static EntityRef? KeyOf(Grouping by, PictureNode node, Dictionary<EntityRef, EntityFacts> facts)
    {
        var itself = by switch { Grouping.System => "system", Grouping.Domain => "domain", _ => "group" };
        if (string.Equals(node.Ref.Kind, itself, StringComparison.OrdinalIgnoreCase))
        {
            return node.Ref;
        }

        return by switch
        {
            Grouping.System => node.Facts?.System,
            Grouping.Owner => node.Facts?.Owner ?? node.Facts?.Team,
            _ => node.Facts?.Domain ?? node.Facts?.Systems.Select(system => facts.GetValueOrDefault(system)?.Domain).FirstOrDefault(domain => domain is not null),
        };
    }

    private async ValueTask Learn(Dictionary<EntityRef, EntityFacts> facts, HashSet<EntityRef> refs, CancellationToken cancellationToken)
    {
        var unknown = refs.Where(reference => !facts.ContainsKey(reference)).ToList();
        var found = await catalog.Find(unknown, caller, cancellationToken);
        foreach (var (reference, entity) in unknown.Zip(found))
        {
            if (entity is not null)
            {
                facts[reference] = EntityFacts.Read(entity.Json.Span);
            }
        }
    }
}
