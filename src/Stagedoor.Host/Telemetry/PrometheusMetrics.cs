using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Stagedoor.Host.Telemetry;

/// <summary>Listens to the meters of the portal, its plugins and the framework, and writes what they measured for Prometheus.</summary>
internal sealed class PrometheusMetrics : IDisposable
{
    private static readonly string[] Meters =
    [
        "Stagedoor.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime", "Npgsql",
    ];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Metric> _metrics = new();
    private readonly Lock _writing = new();

    public PrometheusMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(name => instrument.Meter.Name.StartsWith(name, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument, _metrics.GetOrAdd(instrument, static i => new Metric(i)));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, metric) => ((Metric)metric!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, metric) => ((Metric)metric!).Record(value, tags));
        _listener.Start();
    }

    public string Write()
    {
        lock (_writing)
        {
            foreach (var metric in _metrics.Values)
            {
                metric.Begin();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16 * 1024);
            foreach (var metric in _metrics.Values.OrderBy(metric => metric.Instrument.Name, StringComparer.Ordinal))
            {
                metric.Write(text);
            }

            return text.ToString();
        }
    }

    public static ContentHttpResult Handle(PrometheusMetrics metrics) =>
        TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8");

    public void Dispose() => _listener.Dispose();
}
