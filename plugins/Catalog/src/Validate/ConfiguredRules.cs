using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Validate;

/// <summary>
/// The rules of a configuration, as far as a file outside of a portal can be held against them: a kind that no rule
/// allows anywhere is not allowed. Without rules everything is.
/// </summary>
internal sealed class ConfiguredRules(ListNode? rules) : IAllowedKinds
{
    public bool Allows(string kind, string? type) =>
        rules is null || rules.Items.OfType<MapNode>().Any(rule => rule.Find("allow") is ListNode allow && allow.Items.Exists(one => Allows(one, kind, type)));

    private static bool Allows(Node rule, string kind, string? type) => rule switch
    {
        MapNode map => Same(map.Find("kind")?.Text, kind) && (map.Find("spec.type")?.Text is not { } wanted || Same(wanted, type)),
        _ => Same(rule.Text, kind),
    };

    private static bool Same(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
