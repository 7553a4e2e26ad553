using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stagedoor.Catalog.Engine.Store;
using Stagedoor.Catalog.Model;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Engine.Refreshing;

/// <summary>
/// A name for all that goes into processing besides the files: this build, the configuration, kinds, processors and readers. What was
/// read under another name is read again, although it has not changed.
/// </summary>
internal sealed class ModelVersion(IOptions<CatalogOptions> options, EntityFiles files, ICatalogContributions contributions)
{
    private readonly Lazy<string> _text = new(() => Compute(options.Value, files, contributions));

    public string Text => _text.Value;

    public string Stamp(string version, SourceSettings settings) => $"{version}{Suffix(settings)}";

    /// <summary>The version without the stamp; nothing if it was stamped by another model, or when the source had other rules.</summary>
    public string? Known(string? stamped, SourceSettings settings)
    {
        var suffix = Suffix(settings);
        return stamped is { Length: > 0 } && stamped.EndsWith(suffix, StringComparison.Ordinal) ? stamped[..^suffix.Length] : null;
    }

    private string Suffix(SourceSettings settings) => settings.Allow is null ? $"@{Text}" : $"@{Text}+{Short(string.Join(',', settings.Allow))}";

    private static string Compute(CatalogOptions options, EntityFiles files, ICatalogContributions contributions)
    {
        var parts = new List<string>
        {
            typeof(ModelVersion).Module.ModuleVersionId.ToString("N"),
            JsonSerializer.Serialize(options.Rules),
            files.Fingerprint,
        };
        parts.AddRange(contributions.DescriptorReaders.Select(reader => $"{reader.GetType().FullName} {reader.Version}"));
        return Short(string.Join('\n', parts));
    }

    private static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
