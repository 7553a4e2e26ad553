using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stagedoor.DeadLetters.Ingest;

/// <summary>Tells <c>/readyz</c> how reading from the brokers goes. The portal is ready without them.</summary>
internal sealed class BrokerHealth(BrokerStates states) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = states.All;
        var data = all.ToDictionary(
            state => state.Name,
            object (state) => string.Create(CultureInfo.InvariantCulture, $"{state.Status.ToString().ToLowerInvariant()}{(state.Sentence is null ? "" : $": {state.Sentence}")}"),
            StringComparer.Ordinal);
        var ill = all.Where(state => !state.IsWell).ToList();
        return Task.FromResult(ill.Count == 0
            ? HealthCheckResult.Healthy(all.Count == 0 ? "No broker is configured." : $"{all.Count} brokers are read.", data)
            : HealthCheckResult.Degraded(string.Join(' ', ill.Select(state => $"{state.Name}: {state.Sentence}")), exception: null, data));
    }
}
