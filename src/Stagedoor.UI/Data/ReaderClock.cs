using System.Globalization;

namespace Stagedoor.UI;

/// <summary>
/// In which zone the reader of a page wants to see times. It is a cascading value of every page; <see cref="Time"/> takes it, and
/// so does whatever else writes a date.
/// </summary>
/// <param name="Zone">What the reader has chosen. Nothing: the exact time is told in UTC, and the browser adds its own.</param>
public sealed record ReaderClock(TimeZoneInfo? Zone)
{
    public static readonly ReaderClock Unknown = new(Zone: null);

    /// <summary>Where times are told, in words: <c>UTC</c> or <c>Europe/Copenhagen</c>.</summary>
    public string Place => Zone?.Id ?? "UTC";

    public DateTimeOffset Local(DateTimeOffset at) => Zone is null ? at.ToUniversalTime() : TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>What a clock in the reader's zone shows, as an instant. A time that a change of the clocks leaves out is taken for the one after it.</summary>
    public DateTimeOffset Instant(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone is null)
        {
            return new DateTimeOffset(local, TimeSpan.Zero);
        }

        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary><c>14 Mar 2026, 12:40</c></summary>
    public string Day(DateTimeOffset at) => Local(at).ToString(Zone is null ? "d MMM yyyy, HH:mm 'UTC'" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second: in the zone that was chosen, and in UTC, which logs are in.</summary>
    public string Exact(DateTimeOffset at) => Zone is null
        ? Words.Absolute(at)
        : $"{Local(at).ToString("yyyy-MM-dd HH:mm:ss 'UTC'zzz", CultureInfo.InvariantCulture)} {Zone.Id}\n{Words.Absolute(at)}";
}
