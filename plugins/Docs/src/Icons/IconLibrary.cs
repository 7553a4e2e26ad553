using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Docs.Icons;

/// <summary>
/// The icons that pages name: Material Design, Font Awesome, Octicons, Simple Icons. A set is unpacked when a page first asks for
/// one of its icons. Without npm there were none to build with, and a page shows their names.
/// </summary>
internal sealed class IconLibrary
{
    private const string Place = " data-icon=\"";

    private const int LongestName = 80;

    private static readonly (string Prefix, string Set)[] Sets =
    [
        ("material-", "mdi"), ("fontawesome-solid-", "fa6-solid"), ("fontawesome-regular-", "fa6-regular"), ("fontawesome-brands-", "fa6-brands"), ("octicons-", "octicon"), ("simple-", "simple-icons"),
    ];

    private readonly ConcurrentDictionary<string, Lazy<FrozenDictionary<string, string>>> _read = new(StringComparer.Ordinal);

    /// <param name="name">As a page writes it between colons: material-rocket-launch.</param>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A page with each place of an icon filled.</summary>
    public string Fill(string html)
    {
        StringBuilder? filled = null;
        var written = 0;
        for (var at = html.IndexOf(Place, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Place, at + 1, StringComparison.Ordinal))
        {
            var from = at + Place.Length;
            var to = html.IndexOf('"', from);
            var end = to < 0 ? -1 : html.IndexOf('>', to) + 1;
            if (end <= 0 || to - from > LongestName || !html.AsSpan(end).StartsWith("</span>", StringComparison.Ordinal)) continue;
            var name = html[from..to];
            filled ??= new StringBuilder(html.Length + 1000);
            filled.Append(html, written, end - written).Append(Find(name) ?? $":{System.Net.WebUtility.HtmlEncode(name)}:");
            written = end;
        }

        return filled is null ? html : filled.Append(html, written, html.Length - written).ToString();
    }

    private string? Find(string name)
    {
        foreach (var (prefix, set) in Sets)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) return _read.GetOrAdd(set, one => new(() => Read(one))).Value.GetValueOrDefault(name[prefix.Length..]);
        }

        return null;
    }

    private static FrozenDictionary<string, string> Read(string set)
    {
        using var packed = typeof(IconLibrary).Assembly.GetManifestResourceStream("icons.zip");
        if (packed is null) return FrozenDictionary<string, string>.Empty;
        using var archive = new ZipArchive(packed);
        using var entry = archive.GetEntry($"{set}.json")!.Open();
        using var json = JsonDocument.Parse(entry);
        var root = json.RootElement;
        var icons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var icon in root.GetProperty("icons").EnumerateObject())
        {
            var width = Number(icon.Value, "width") ?? Number(root, "width") ?? 16;
            var height = Number(icon.Value, "height") ?? Number(root, "height") ?? 16;
            icons[icon.Name] = new StringBuilder("<svg viewBox=\"0 0 ").Append(width).Append(' ').Append(height).Append("\" aria-hidden=\"true\">").Append(icon.Value.GetProperty("body").GetString()).Append("</svg>").ToString();
        }

        if (root.TryGetProperty("aliases", out var aliases))
        {
            foreach (var alias in aliases.EnumerateObject())
            {
                // One that is turned or mirrored besides would be drawn wrongly.
                if (alias.Value.EnumerateObject().Count() == 1 && icons.TryGetValue(alias.Value.GetProperty("parent").GetString()!, out var parent)) icons.TryAdd(alias.Name, parent);
            }
        }

        return icons.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static int? Number(JsonElement element, string name) => element.TryGetProperty(name, out var number) ? number.GetInt32() : null;
}
