using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Stagedoor.Host.Shell.Theme;

/// <summary>How the portal presents itself, from the section <c>portal</c> of the configuration.</summary>
internal sealed partial class PortalTheme
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

    /// <summary>Only what differs from the kit's own. Nothing: no stylesheet, and no request for one.</summary>
    public string? Stylesheet { get; }

    public string? StylesheetHref { get; }

    public static bool IsColour(string text) => ColourPattern().IsMatch(text);

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

    [GeneratedRegex("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColourPattern();
}
