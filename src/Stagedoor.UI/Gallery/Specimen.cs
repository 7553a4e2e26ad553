using Microsoft.AspNetCore.Components;

namespace Stagedoor.UI.Gallery;

/// <summary>One component of the gallery: its example, which is compiled, and the text of that example.</summary>
internal sealed record Specimen(string Name, string Says, Type Example)
{
    /// <summary>The pages of an example that fills one, by name.</summary>
    public IReadOnlyList<(string Title, string Href)> Pages =>
        Example.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>().FirstOrDefault()?.Template switch
        {
            null => [],
            var template when template.Contains("{Code:int}", StringComparison.Ordinal) =>
                [.. new[] { "401", "403", "404", "500", "503" }.Select(code => (code, template.Replace("{Code:int}", code, StringComparison.Ordinal)))],
            var template => [("See it on a page of its own", template)],
        };

    public string Anchor => Name.ToLowerInvariant().Replace(' ', '-');

    public string Source
    {
        get
        {
            var name = $"examples/{Example.Name}.razor";
            using var stream = Example.Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"{name} is not embedded in Stagedoor.UI.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd().TrimEnd();
        }
    }
}
