using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Org.Cards;
using Stagedoor.Org.Sidebar;
using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org;

/// <summary>Groups and people: who belongs where, and what they own.</summary>
public sealed class OrgPlugin : IPlugin
{
    /// <summary>The catalog's own: who may see entities may see groups and people.</summary>
    internal const string ReadName = "catalog.entity.read";

    internal static readonly Permission Read = new(ReadName, "See entities, their history, and where they come from.");

    public PluginInfo Info { get; } = new("org", "Org", "Who belongs where, and what they own.") { Owner = "Stagedoor", Needs = ["catalog"] };

    public void Configure(PluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Options<OrgOptions>();
        plugin.Services.AddSingleton<OrgShape>();
        plugin.Services.AddSingleton<SquadSizes>();
        plugin.Services.AddSingleton<SquadReading>();
        plugin.Navigation(new NavigationItem("Squads", OrgPages.Tree) { Icon = "people", Order = 30, Shortcut = 'q', Permission = Read });
        plugin.Navigation<YourSquads>();

        plugin.Slot(EntitySlots.Cards, typeof(GroupProfileCard), order: 1, span: 4, when: IsGroup);
        plugin.Slot(EntitySlots.Cards, typeof(OwnershipCard), order: 2, span: 8, when: IsGroup);
        plugin.Slot(EntitySlots.Cards, typeof(MembersCard), order: 3, span: 12, when: IsGroup);
        plugin.Slot(EntitySlots.Cards, typeof(PersonProfileCard), order: 1, span: 4, when: IsPerson);
        plugin.Slot(EntitySlots.Cards, typeof(PersonGroupsCard), order: 2, span: 8, when: IsPerson);
        plugin.Slot(EntitySlots.Cards, typeof(OwnershipCard), order: 3, span: 12, when: IsPerson);
    }

    private static bool IsGroup(Entity entity) => string.Equals(entity.Kind, "Group", StringComparison.OrdinalIgnoreCase);

    private static bool IsPerson(Entity entity) => string.Equals(entity.Kind, "User", StringComparison.OrdinalIgnoreCase);
}
