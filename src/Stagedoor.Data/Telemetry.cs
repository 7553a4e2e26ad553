using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stagedoor.Plugins;

namespace Stagedoor.Data;

/// <summary>The traces and metrics of the database, named as OpenTelemetry names them.</summary>
internal static class Telemetry
{
    public const string Name = "Stagedoor.Data";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "db.client.operation.duration", "s", "How long statements and transactions took, waiting included.");

    public static readonly Histogram<double> WriterWait = Meter.CreateHistogram<double>(
        "stagedoor.data.writer.wait", "s", "How long writes waited for their turn at the SQLite writer.");

    public static readonly UpDownCounter<long> WriterQueue = Meter.CreateUpDownCounter<long>(
        "stagedoor.data.writer.queue", "{write}", "Writes that wait for the SQLite writer.");

    public static readonly Counter<long> WorkClaimed = Meter.CreateCounter<long>(
        "stagedoor.data.work.claimed", "{item}", "Items claimed from work queues.");

    public static readonly Counter<long> WorkFailed = Meter.CreateCounter<long>(
        "stagedoor.data.work.failed", "{item}", "Items given back to work queues with an error.");

    public static readonly Counter<long> ListenerReconnects = Meter.CreateCounter<long>(
        "stagedoor.data.notices.reconnects", "{connection}", "Times the connection for notices was established again.");

    public static Measurement Measure(string operation, Dialect dialect) => new(operation, dialect);

    public static async Task<T> Measured<T>(string operation, Dialect dialect, Func<Measurement, Task<T>> run)
    {
        var measured = Measure(operation, dialect);
        try
        {
            return await run(measured);
        }
        catch (Exception exception)
        {
            measured.Failed(exception);
            throw;
        }
        finally
        {
            measured.Dispose();
        }
    }
}

/// <summary>One measured use of the database. Costs a timestamp when nobody listens.</summary>
internal struct Measurement : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _operation;
    private readonly string _system;
    private readonly Activity? _activity;
    private string? _error;

    public Measurement(string operation, Dialect dialect)
    {
        _operation = operation;
        _system = dialect == Dialect.Sqlite ? "sqlite" : "postgresql";
        _activity = Telemetry.Activities.StartActivity(operation, ActivityKind.Client);
        _activity?.SetTag("db.system.name", _system);
    }

    public readonly void Statement(string sql) => _activity?.SetTag("db.query.text", sql);

    public void Failed(Exception exception)
    {
        _error = exception.GetType().Name;
        _activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    public readonly void Dispose()
    {
        if (Telemetry.Duration.Enabled)
        {
            var tags = new TagList { { "db.system.name", _system }, { "db.operation.name", _operation } };
            if (_error is not null)
            {
                tags.Add("error.type", _error);
            }

            Telemetry.Duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
        }

        _activity?.Dispose();
    }
}
