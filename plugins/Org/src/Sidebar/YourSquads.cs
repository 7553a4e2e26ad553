using Microsoft.Extensions.Options;
using Stagedoor.Plugins;

namespace Stagedoor.Org.Sidebar;

/// <summary>A link for each group one belongs to, in the sidebar.</summary>
internal sealed class YourSquads(IDirectory directory, ICatalog catalog, IOptions<OrgOptions> options) : IPersonalNavigation
{
    public const string Heading = "Your squads";

    private const int Order = 500;
    private const int LongestTitle = 60;

    public async ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken)
    {
        var most = options.Value.SidebarGroups;
        if (most == 0 || caller.Kind != CallerKind.Person || directory.FindPerson(caller.Ref) is not { MemberOf.Count: > 0 } person)
        {
            return [];
        }

        var types = options.Value.SidebarTypes;
        var groups = person.MemberOf
            .Select(directory.FindGroup)
            .OfType<Group>()
            .Where(group => types.Count == 0 || types.Contains(group.Type, StringComparer.OrdinalIgnoreCase))
            .ToList();
        var shown = new List<NavigationItem>();
        foreach (var group in groups)
        {
            if (shown.Count == most)
            {
                shown.Add(new NavigationItem("All your squads", OrgPages.Tree.With(("filter", "mine"))) { Icon = "more", Group = Heading, Order = Order + shown.Count });
                break;
            }

            // The directory knows everybody's groups; whether one may see one's own is for the catalog to say.
            if (await catalog.Count(new EntityFilter.Among(group.Ref), caller, cancellationToken) > 0)
            {
                shown.Add(new NavigationItem(Short(group.Name), EntityPages.Of(group.Ref)) { Icon = "people", Group = Heading, Order = Order + shown.Count });
            }
        }

        return shown;
    }

    private static string Short(string name) => name.Length <= LongestTitle ? name : name[..(char.IsHighSurrogate(name[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)] + "…";
}
