using System.Collections.Frozen;

namespace Stagedoor.Host.Shell.Look;

/// <summary>The zones one can choose: those named after a place, as this machine knows them.</summary>
internal static class TimeZones
{
    private static readonly string[] Regions =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

    private static readonly Lazy<FrozenDictionary<string, TimeZoneInfo>> Known = new(() => TimeZoneInfo.GetSystemTimeZones()
        .Where(zone => zone.Id == "UTC" || Regions.Any(region => zone.Id.StartsWith(region + '/', StringComparison.Ordinal)))
        .DistinctBy(zone => zone.Id)
        .ToFrozenDictionary(zone => zone.Id, StringComparer.Ordinal));

    /// <summary>By region, each by place.</summary>
    public static IReadOnlyList<(string Region, IReadOnlyList<(string Id, string Place)> Zones)> ByRegion { get; } =
    [
        .. Regions
            .Select(region => (region, (IReadOnlyList<(string, string)>)
            [
                .. Known.Value.Keys.Where(id => id.StartsWith(region + '/', StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                    .Select(id => (id, id[(region.Length + 1)..].Replace('_', ' '))),
            ]))
            .Where(region => region.Item2.Count > 0),
    ];

    /// <summary>A zone by its name; nothing if there is none, such as one that was chosen at a replica that knows more.</summary>
    public static TimeZoneInfo? Find(string? id) => id is null ? null : Known.Value.GetValueOrDefault(id);
}
