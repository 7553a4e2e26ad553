using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.Layouts;

/// <summary>Finds the layout of an entity, and arranges by it what plugins have contributed.</summary>
internal sealed class EntityLayouts(IOptions<CatalogOptions> options, ISlots slots, ILogger<EntityLayouts> log)
{
    /// <summary>Stands for all that a layout does not name.</summary>
    public const string Rest = "*";

    private static readonly LayoutOptions Plain = new();

    /// <summary>The most exact one: that of kind and type, that of the kind, or one that leaves everything as it is.</summary>
    public LayoutOptions Of(Entity entity) =>
        options.Value.Layouts
            .Where(layout => Same(layout.Kind, entity.Kind) && (layout.Type is null || Same(layout.Type, entity.Type)))
            .OrderBy(layout => layout.Type is null)
            .FirstOrDefault() ?? Plain;

    public IEnumerable<SlotContribution> Cards(Entity entity, IReadOnlyList<SlotContribution> all) => Arrange(all, Of(entity).Cards, Of(entity).Hide);

    public IEnumerable<SlotContribution> Tabs(Entity entity) => Arrange(slots.In(EntitySlots.Tabs), Of(entity).Tabs, Of(entity).HideTabs);

    public static IEnumerable<SlotContribution> Arrange(IReadOnlyList<SlotContribution> all, IReadOnlyList<string> order, IReadOnlyList<string> hidden)
    {
        var shown = all.Where(one => !hidden.Contains(one.FullName, StringComparer.OrdinalIgnoreCase)).ToList();
        if (order.Count == 0)
        {
            return shown;
        }

        var rest = shown.Where(one => !order.Contains(one.FullName, StringComparer.OrdinalIgnoreCase)).ToList();
        return order.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(name => name == Rest ? rest : shown.Where(one => Same(one.FullName, name)));
    }

    /// <summary>Names in layouts that nothing has, each as a sentence with what was probably meant.</summary>
    public IReadOnlyList<string> FindUnknown() =>
    [
        .. options.Value.Layouts.SelectMany((layout, index) =>
            Unknown(slots.In(EntitySlots.Cards), [.. layout.Cards, .. layout.Hide], $"catalog.layouts[{index}]", "card")
                .Concat(Unknown(slots.In(EntitySlots.Tabs), [.. layout.Tabs, .. layout.HideTabs], $"catalog.layouts[{index}]", "tab"))),
    ];

    /// <summary>Says at the start what a layout names in vain. It is no mistake: the plugin may be switched off for now.</summary>
    public void TellUnknown()
    {
        foreach (var unknown in FindUnknown())
        {
            log.LogWarning("{Unknown}", unknown);
        }
    }

    private static IEnumerable<string> Unknown(IReadOnlyList<SlotContribution> known, IReadOnlyList<string> names, string where, string what)
    {
        var all = known.Select(one => one.FullName).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Where(name => name != Rest && !all.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"{where} names the {what} '{name}', which nobody contributes. {(Nearest.To(name, all) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", all)}.")}");
    }

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
