using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>The pages that must hold what every page promises. A new page gets its line here.</summary>
internal static class Site
{
    public static readonly IReadOnlyList<string> Pages =
    [
        "/", "/ui", "/ui/page", "/ui/status/404", "/find?q=jobs", "/settings", Person, "/settings/plugins",
        "/settings/jobs", "/settings/jobs/portal.prune-job-runs", "/settings/operations", Operation, "/settings/audit",
        "/catalog", Kinds, Owned, Domains, "/catalog/facets/owner", "/catalog/views", Squad, Squad + "?tab=relations", Squad + "?tab=history", Squad + "?tab=raw", "/catalog/register",
        "/settings/catalog", "/settings/catalog?tab=problems", "/settings/catalog?tab=changes",
    ];

    private const string Person = "/settings/person";
    private const string Kinds = "/catalog?kind=all";
    private const string Owned = "/catalog?filter=owned&type=service&type=library";
    private const string Domains = "/catalog?kind=domain&tier=1&columns=owner,tags,changed";
    private const string Squad = "/catalog/default/group/squad-lantern";
    private const string Operation = "/settings/operations/{id}";

    /// <summary>A page that is not there is a designed page too.</summary>
    public const string NotThere = "/no/such/page";

    public static readonly IReadOnlyList<View> Views =
    [
        View.Desktop, View.Desktop with { Dark = true }, View.Phone, View.Phone with { Dark = true },
    ];

    public static TheoryData<string> AllPages => [.. Pages, NotThere];

    /// <summary>
    /// Where a page is looked at: home, the choice of a person, and what is in the catalog, with the sample; an operation where a plugin can begin
    /// one; the other pages of settings as somebody who may see them.
    /// </summary>
    public static async Task<(PortalProcess Portal, Uri Address)> Find(this SharedPortals portals, string page)
    {
        var portal = await (page switch
        {
            "/" or Person or Kinds or Owned or Domains => portals.Polaris(),
            _ when page.StartsWith(Squad, StringComparison.Ordinal) => portals.Polaris(),
            Operation => portals.Chaotic(),
            _ => portals.Guest(),
        });
        return (portal, portal.At(page == Operation ? await portal.BeginOperation() : page));
    }

    /// <summary>Begins one and waits until there is something of it to be seen.</summary>
    private static async Task<string> BeginOperation(this PortalProcess portal)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var id = await portal.StartOperation(cancelled);
        await Eventually.Reach("Items are handled", TimeSpan.FromSeconds(60), () => portal.FindOperation(id, cancelled), handled => handled.Times > 0, cancelled);
        return $"/settings/operations/{id}";
    }

    public static string NameOf(string page) => page == "/" ? "home" : string.Concat(page.TrimStart('/').Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    public static Uri At(this PortalProcess portal, string path) => new(portal.Address, path);
}
