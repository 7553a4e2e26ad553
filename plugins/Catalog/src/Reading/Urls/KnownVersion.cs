using System.Globalization;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Urls;

/// <summary>What a server said about the version of an address, kept as one text: an ETag, or else a time.</summary>
internal readonly record struct KnownVersion(string? Etag, DateTimeOffset? LastModified)
{
    private const string EtagMark = "etag ";
    private const string TimeMark = "time ";

    public static string? Of(OutboundResponse response) =>
        response.Etag is { } etag ? EtagMark + etag
        : response.LastModified is { } time ? TimeMark + time.ToString("O", CultureInfo.InvariantCulture)
        : null;

    /// <summary>What was not written here (a commit, when the host was read by git before) is as good as nothing.</summary>
    public static KnownVersion Parse(string? text) =>
        text is null ? default
        : text.StartsWith(EtagMark, StringComparison.Ordinal) ? new KnownVersion(text[EtagMark.Length..], null)
        : text.StartsWith(TimeMark, StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(text[TimeMark.Length..], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new KnownVersion(null, time)
        : default;
}
