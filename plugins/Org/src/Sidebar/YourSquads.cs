using Microsoft.Extensions.Options;
using Stagedoor.Org.Structure;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Sidebar;

/// <summary>A link for each group one belongs to, in the sidebar.</summary>
internal sealed class YourSquads(IDirectory directory, SquadReading reading, IOptions<OrgOptions> options) : IPersonalNavigation
{
    public const string Heading = "Your squads";

    private const int Order = 500;
    private const int LongestTitle = 60;

    public async ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken)
    {
        var most = options.Value.SidebarGroups;
        if (most == 0 || caller.Kind != CallerKind.Person || !caller.May(OrgPlugin.Read) || directory.FindPerson(caller.Ref) is not { MemberOf.Count: > 0 } person)
        {
            return [];
        }

        var types = options.Value.SidebarTypes;
        var groups = person.MemberOf
            .Select(directory.FindGroup)
            .OfType<Group>()
            .Where(group => types.Count == 0 || types.Contains(group.Type, StringComparer.OrdinalIgnoreCase))
            .ToList();
        // The directory knows everybody's groups; whether one may see one's own is for the catalog to say.
        var visible = await reading.Visible(groups.Count > most ? groups[..(most + 1)] : groups, caller, cancellationToken);
        var shown = visible.Take(most)
            .Select((group, i) => new NavigationItem(CutText.To(group.Name, LongestTitle), EntityPages.Of(group.Ref)) { Icon = "people", Group = Heading, Order = Order + i, Permission = OrgPlugin.Read })
            .ToList();
        if (groups.Count > most)
        {
            shown.Add(new NavigationItem("All your squads", OrgPages.Tree.With(("filter", "mine"))) { Icon = "more", Group = Heading, Order = Order + most, Permission = OrgPlugin.Read });
        }

        return shown;
    }
}
