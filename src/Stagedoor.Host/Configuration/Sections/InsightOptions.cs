using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>Where traces and metrics go.</summary>
[Description("Where traces and metrics go.")]
internal sealed class TelemetryOptions
{
    [Description("The address of an OTLP receiver, such as http://collector:4317. Not set: nothing is sent.")]
    public Uri? Endpoint { get; set; }

    [Description("Headers to send along, such as an API key.")]
    [Secret]
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    [Description("The name this portal has in traces and metrics.")]
    [Required]
    public string ServiceName { get; set; } = "stagedoor";
}

internal enum LogFormat
{
    Text,
    Json,
}

/// <summary>What is logged, and how.</summary>
[Description("What is logged, and how.")]
internal sealed class LoggingOptions
{
    [Description("The least important level that is logged.")]
    public LogLevel Level { get; set; } = LogLevel.Information;

    [Description("Other levels for single categories, such as Stagedoor.Data: debug.")]
    public IReadOnlyDictionary<string, LogLevel> Categories { get; set; } = new Dictionary<string, LogLevel>();

    [Description("Lines for people, or JSON for a log store.")]
    public LogFormat Format { get; set; }
}
