using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Starting;

namespace Stagedoor.Host.Telemetry;

internal static class TelemetryServices
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusMetrics>();
        services.AddSingleton<IBackgroundPart, TelemetryExport>();
        return services;
    }
}

/// <summary>Sends traces and metrics to an OTLP receiver when <c>telemetry.endpoint</c> names one.</summary>
internal sealed class TelemetryExport(Microsoft.Extensions.Options.IOptions<TelemetryOptions> options) : IBackgroundPart, IDisposable
{
    private static readonly string[] Sources = ["Stagedoor.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];
    private static readonly string[] Meters = ["Stagedoor.*", "Microsoft.AspNetCore.*", "System.Runtime", "System.Net.Http", "Npgsql"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task Start(CancellationToken cancellationToken)
    {
        if (options.Value is { Endpoint: { } endpoint } telemetry)
        {
            var resource = ResourceBuilder.CreateDefault().AddService(telemetry.ServiceName, serviceVersion: typeof(Portal).Assembly.GetName().Version?.ToString(3));
            void Receiver(OtlpExporterOptions receiver)
            {
                receiver.Endpoint = endpoint;
                receiver.Headers = string.Join(',', telemetry.Headers.Select(header => $"{header.Key}={Uri.EscapeDataString(header.Value)}"));
            }

            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter(Receiver).Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter(Receiver).Build();
        }

        return Task.CompletedTask;
    }

    /// <summary>Sends what has not been sent.</summary>
    public Task Stop(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(3000);
        _metrics?.ForceFlush(3000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
