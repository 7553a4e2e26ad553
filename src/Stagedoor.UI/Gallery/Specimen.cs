using Microsoft.AspNetCore.Components;

namespace Stagedoor.UI.Gallery;

/// <summary>One component of the gallery: its example, which is compiled, and the text of that example.</summary>
internal sealed record Specimen(string Name, string Says, Type Example)
{
    /// <summary>The example has a page of its own, since it fills one.</summary>
    public string? Page => Example.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>().FirstOrDefault()?.Template
        .Replace("{Code:int}", "404", StringComparison.Ordinal);

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
