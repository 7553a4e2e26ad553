using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
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

    public string Stamp(string version) => $"{version}@{Text}";

    /// <summary>The version without the stamp; nothing if it was stamped by another model.</summary>
    public string? Known(string? stamped) =>
        stamped is { Length: > 0 } && stamped.EndsWith($"@{Text}", StringComparison.Ordinal) ? stamped[..^(Text.Length + 1)] : null;

    private static string Compute(CatalogOptions options, EntityFiles files, ICatalogContributions contributions)
    {
        var parts = new List<string>
        {
            typeof(ModelVersion).Module.ModuleVersionId.ToString("N"),
            JsonSerializer.Serialize(options.Rules),
            files.Fingerprint,
        };
        parts.AddRange(contributions.DescriptorReaders.Select(reader => $"{reader.GetType().FullName} {reader.Version}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..12];
    }
}
