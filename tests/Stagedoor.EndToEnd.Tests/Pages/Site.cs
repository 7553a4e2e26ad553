using Stagedoor.EndToEnd.Tests.Portals;
using Stagedoor.Testing.Browser;
using Stagedoor.Testing.Processes;

namespace Stagedoor.EndToEnd.Tests.Pages;

/// <summary>The pages that must hold what every page promises. A new page gets its line here.</summary>
internal static class Site
{
    public static readonly IReadOnlyList<string> Pages =
    [
        "/", "/ui", "/find?q=jobs", "/settings", "/settings/plugins", "/settings/jobs", "/settings/operations", "/settings/audit",
    ];

    /// <summary>A page that is not there is a designed page too.</summary>
    public const string NotThere = "/no/such/page";

    public static readonly IReadOnlyList<View> Views =
    [
        View.Desktop, View.Desktop with { Dark = true }, View.Phone, View.Phone with { Dark = true },
    ];

    public static TheoryData<string> AllPages => [.. Pages, NotThere];

    /// <summary>Home is looked at with its sample; the pages of settings as somebody who may see them.</summary>
    public static Task<PortalProcess> PortalOf(this SharedPortals portals, string page) => page == "/" ? portals.Polaris() : portals.Guest();

    public static string NameOf(string page) => page == "/" ? "home" : string.Concat(page.TrimStart('/').Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    public static Uri At(this PortalProcess portal, string path) => new(portal.Address, path);
}
