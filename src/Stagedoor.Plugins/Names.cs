using System.Text;

namespace Stagedoor.Plugins;

internal static class Names
{
    /// <summary>A component as configuration and addresses call it: <c>ReadmeCard</c> is <c>readme</c>.</summary>
    public static string OfPart(string component)
    {
        foreach (var ending in new[] { "Card", "Tab", "Fact", "Action" })
        {
            if (component.Length > ending.Length && component.EndsWith(ending, StringComparison.Ordinal))
            {
                return Kebab(component[..^ending.Length]);
            }
        }

        return Kebab(component);
    }

    /// <summary><c>SyncReleases</c> becomes <c>sync-releases</c>.</summary>
    public static string Kebab(string pascal)
    {
        var text = new StringBuilder(pascal.Length + 4);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (i > 0 && char.IsUpper(pascal[i]) && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1]))))
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(pascal[i]));
        }

        return text.ToString();
    }
}
