using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Stagedoor.Host.Configuration.Sections;

namespace Stagedoor.Host.Telemetry;

internal static class PortalLogging
{
    /// <summary>The framework speaks up only when something is wrong; the portal's own lines go to standard error, as lines or JSON.</summary>
    public static void Configure(ILoggingBuilder logging, LoggingOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.Level);
        var quiet = options.Level < LogLevel.Warning ? LogLevel.Warning : options.Level;
        logging.AddFilter("Microsoft", quiet);
        logging.AddFilter("System", quiet);
        logging.AddFilter("Quartz", quiet);

        // It warns that keys lie unencrypted: they lie in the database, which is protected as a whole.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // A start that fails is told by the command serve, in words that help.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        // It warns on each page with a form that such a page is not cached, which is how it should be.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        foreach (var (category, level) in options.Categories)
        {
            logging.AddFilter(category, level);
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                json.IncludeScopes = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.UseUtcTimestamp = true;
                simple.TimestampFormat = "HH:mm:ss ";
            });
        }
    }
}
