using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Completion;

/// <summary>What a Location entity names: <c>spec.target</c> and <c>spec.targets</c>, all of <c>spec.type</c>.</summary>
internal static class LocationTargets
{
    public static IReadOnlyList<NamedTarget> Of(Envelope envelope)
    {
        if (envelope.Spec is not MapNode spec)
        {
            return [];
        }

        var isRequired = spec.Find("presence")?.Text != "optional";
        var targets = new List<NamedTarget>();
        foreach (var node in (spec.Find("targets") as ListNode)?.Items.Prepend(spec.Find("target")) ?? [spec.Find("target")])
        {
            if (node?.Text is { Length: > 0 } target)
            {
                targets.Add(new NamedTarget(envelope.Type, target, isRequired) { Line = node.Line });
            }
        }

        return targets;
    }
}
