using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stagedoor.Host.CommandLine.Output;

/// <summary>How the command line reads and writes JSON.</summary>
internal static class JsonText
{
    /// <summary>One document on one line.</summary>
    public static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        // A terminal is not a web page: names stay readable. Control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };
}
