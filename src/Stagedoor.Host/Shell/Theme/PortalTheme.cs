using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.UI;

namespace Stagedoor.Host.Shell.Theme;

/// <summary>How the portal presents itself, from the section <c>portal</c> of the configuration.</summary>
internal sealed class PortalTheme
{
    public PortalTheme(string name, string? logo, string? accentLight, string? accentDark)
    {
        Name = name;
        Logo = logo;
        Stylesheet = Write(accentLight, accentDark);
        StylesheetHref = Stylesheet is null ? null : "/theme.css?v=" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Stylesheet)))[..10];
    }

    public string Name { get; }

    public string? Logo { get; }

    public string? Organisation { get; private init; }

    /// <summary>Where people get help.</summary>
    public Uri? SupportUrl { get; private init; }

    /// <summary>Links of the company, for the sidebar.</summary>
    public IReadOnlyList<NavItem> Links { get; private init; } = [];

    /// <summary>Only what differs from the kit's own. Nothing: no stylesheet, and no request for one.</summary>
    public string? Stylesheet { get; }

    public string? StylesheetHref { get; }

    public static PortalTheme From(PortalOptions options) => new(options.Name, options.Logo, options.Accent.Light, options.Accent.Dark)
    {
        Organisation = options.Organisation,
        SupportUrl = options.SupportUrl,
        Links = [.. options.Links.Select(link => new NavItem(link.Title, link.Url, link.Icon))],
    };

    public IResult Serve(HttpContext context)
    {
        if (Stylesheet is null)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Text(Stylesheet, "text/css");
    }

    private static string? Write(string? light, string? dark)
    {
        if (light is null && dark is null)
        {
            return null;
        }

        var css = new StringBuilder();
        if (light is not null)
        {
            css.Append(":root{").Append(Accent(light, "#ffffff", "white")).Append('}');
        }

        if (dark is not null)
        {
            var tokens = Accent(dark, "#14151f", "black");
            css.Append("@media(prefers-color-scheme:dark){:root:not([data-theme=light]){").Append(tokens).Append("}}:root[data-theme=dark]{").Append(tokens).Append('}');
        }

        if (light is not null)
        {
            css.Append(":root[data-theme=light]{").Append(Accent(light, "#ffffff", "white")).Append('}');
        }

        return css.ToString();
    }

    private static string Accent(string colour, string onAccent, string towards) =>
        $"--accent:{colour};--on-accent:{onAccent};--accent-soft:color-mix(in srgb,{colour} 12%,{towards})";
}
