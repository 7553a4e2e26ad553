using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Stagedoor.Host.Telemetry;

/// <summary>The values of one instrument, by its labels.</summary>
internal sealed class Metric(Instrument instrument)
{
    /// <summary>More label sets than this are counted together, so that a label from outside cannot fill the memory.</summary>
    private const int MaxSeries = 500;

    private const string PoolName = "db.client.connection.pool.name";

    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

    public Instrument Instrument { get; } = instrument;

    private bool IsHistogram { get; } = instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal);

    private bool IsTotal { get; } = instrument.GetType().Name is var name && (name.StartsWith("Counter", StringComparison.Ordinal) || name.StartsWith("ObservableCounter", StringComparison.Ordinal));

    private bool IsObservable { get; } = instrument.IsObservable;

    private bool Accumulates { get; } = !instrument.IsObservable && !instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (!_series.TryGetValue(labels, out var series))
        {
            series = _series.GetOrAdd(_series.Count < MaxSeries ? labels : "overflow=\"true\"", _ => new Series(IsHistogram ? Bounds.Length + 1 : 0));
        }

        lock (series)
        {
            series.Sum = Accumulates || IsHistogram ? series.Sum + value : value;
            if (IsHistogram)
            {
                series.Count++;
                var bucket = Array.FindIndex(Bounds, bound => value <= bound);
                series.Buckets[bucket < 0 ? Bounds.Length : bucket]++;
            }
        }
    }

    /// <summary>Forgets observed values before they are observed anew: what is gone must not stay.</summary>
    public void Begin()
    {
        if (IsObservable)
        {
            _series.Clear();
        }
    }

    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        var name = PrometheusName();
        if (Instrument.Description is { Length: > 0 } description)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(description.ReplaceLineEndings(" ")).Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(IsHistogram ? " histogram\n" : IsTotal ? " counter\n" : " gauge\n");
        foreach (var (labels, series) in _series)
        {
            lock (series)
            {
                if (IsHistogram)
                {
                    WriteHistogram(text, name, labels, series);
                }
                else
                {
                    Line(text, name, "", labels, series.Sum);
                }
            }
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        var soFar = 0L;
        var comma = labels.Length > 0 ? "," : "";
        for (var i = 0; i < Bounds.Length; i++)
        {
            soFar += series.Buckets[i];
            Line(text, name, "_bucket", $"{labels}{comma}le=\"{Bounds[i].ToString(CultureInfo.InvariantCulture)}\"", soFar);
        }

        Line(text, name, "_bucket", $"{labels}{comma}le=\"+Inf\"", series.Count);
        Line(text, name, "_sum", labels, series.Sum);
        Line(text, name, "_count", labels, series.Count);
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private string PrometheusName()
    {
        var name = new StringBuilder(Instrument.Name.Length + 10);
        foreach (var c in Instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var unit = Instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        return name.Append(unit).Append(IsTotal ? "_total" : "").ToString();
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (key == PoolName && value?.ToString()?.Contains('=') == true)
            {
                // A pool without a name of its own is named by its connection string, which is nobody's business.
                continue;
            }

            text.Append(text.Length > 0 ? "," : "");
            foreach (var c in key)
            {
                text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            }

            text.Append("=\"").Append((value?.ToString() ?? "").Replace(@"\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }

        return text.ToString();
    }

    private sealed class Series(int buckets)
    {
        public double Sum { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[buckets];
    }
}
