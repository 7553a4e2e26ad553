using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>The pages that must hold what every page promises. A new page gets its line here.</summary>
internal static class Site
{
    /// <summary>A drawn picture: it brings the layout along, which is more than other pages may weigh.</summary>
    public const string Graph = "/catalog-graph?root=component:default/dead-letter&depth=2";

    private const string Squad = "/catalog/default/group/squad-lantern";
    private const string DeadLetter = "/catalog/default/component/dead-letter";
    private const string Operation = "/settings/operations/{id}";

    /// <summary>What shows the sample organisation, looked at by Mae.</summary>
    private static readonly IReadOnlyList<string> OfTheSample =
    [
        "/", "/find?q=dead-letter", "/settings/person",
        "/catalog?kind=all", "/catalog?filter=owned&type=service&type=library", "/catalog?kind=domain&tier=1&columns=owner,tags,changed", "/catalog/views",
        DeadLetter, DeadLetter + "/dependencies", DeadLetter + "/impact", DeadLetter + "/inspect/ancestry", "/catalog/default/api/dead-letter-http/definition",
        Squad, Squad + "/history", Squad + "/inspect/relations",
        "/catalog/default/group/colony-foundations?members=all&ownership=aggregated", "/catalog/default/user/mae",
        "/squads", "/squads/picture?type=squad", "/squads/people", "/squads/loose-ends",
        Graph,
        "/docs", "/docs?filter=owned&q=e", "/docs/default/component/first-steps", "/docs/default/component/first-steps?q=squad", "/docs/default/component/first-steps?report=1",
        "/catalog/default/component/engineering-handbook/docs",
    ];

    /// <summary>What an administrator of an empty portal sees.</summary>
    private static readonly IReadOnlyList<string> OfAnEmptyPortal =
    [
        "/ui", "/ui/page", "/ui/status/404", "/find?q=jobs", "/notifications", "/catalog", "/catalog/register", "/catalog-graph",
        "/settings", "/settings/stars", "/settings/notifications", "/settings/announcements", "/settings/announcements/new", "/settings/plugins",
        "/settings/jobs", "/settings/jobs/portal.prune-job-runs", "/settings/operations", "/settings/audit",
        "/settings/catalog", "/settings/catalog?tab=problems", "/settings/catalog?tab=changes",
    ];

    public static IReadOnlyList<string> Pages => [.. OfTheSample, .. OfAnEmptyPortal, Operation];

    /// <summary>A page that is not there is a designed page too.</summary>
    public const string NotThere = "/no/such/page";

    public static readonly IReadOnlyList<View> Views =
    [
        View.Desktop, View.Desktop with { Dark = true }, View.Phone, View.Phone with { Dark = true },
    ];

    public static TheoryData<string> AllPages => [.. Pages, NotThere];

    /// <summary>The portal that a page is looked at in; an operation where a plugin can begin one.</summary>
    public static async Task<(PortalProcess Portal, Uri Address)> Find(this SharedPortals portals, string page)
    {
        var portal = page == Operation ? await portals.Chaotic() : OfTheSample.Contains(page) ? await portals.Polaris() : await portals.Guest();
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
