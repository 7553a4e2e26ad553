using Stagedoor.Plugins;
using Stagedoor.UI;

namespace Stagedoor.Host.Shell.Look;

/// <summary>How the portal looks to somebody, as they keep it on the server. What is null was never chosen.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c> or <c>system</c>.</param>
/// <param name="TimeZone">An IANA name, such as <c>Europe/Copenhagen</c>.</param>
/// <param name="Density"><c>comfortable</c> or <c>compact</c>.</param>
internal sealed record ChosenAppearance(string? Theme = null, string? TimeZone = null, string? Density = null)
{
    public const string Key = "portal.appearance";
    public const string System = "system";
    public const string Compact = "compact";

    public static bool IsTheme(string? text) => text is "light" or "dark" or System;

    public static bool IsDensity(string? text) => text is "comfortable" or Compact;

    public static async Task Change(IPersonalSettings settings, EntityRef person, Func<ChosenAppearance, ChosenAppearance> change, CancellationToken cancellationToken)
    {
        var before = await settings.Get<ChosenAppearance>(person, Key, cancellationToken) ?? new ChosenAppearance();
        await settings.Set(person, Key, change(before), cancellationToken);
    }
}

/// <summary>How this page is to look: what its reader keeps on the server or, where that says nothing, what the browser remembers.</summary>
/// <param name="Theme"><c>light</c> or <c>dark</c>; nothing: as the device has it.</param>
internal sealed record Appearance(string? Theme, bool IsCompact, ReaderClock Clock)
{
    public static Appearance Of(ChosenAppearance? chosen, string? remembered) => new(
        (chosen?.Theme ?? remembered) is "light" or "dark" ? chosen?.Theme ?? remembered : null,
        chosen?.Density == ChosenAppearance.Compact,
        TimeZones.Find(chosen?.TimeZone) is { } zone ? new ReaderClock(zone) : ReaderClock.Unknown);
}
