using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Health;

/// <param name="Status"><c>up</c>, <c>degraded</c> or <c>down</c>.</param>
/// <param name="Essential">Without it the portal cannot serve at all.</param>
internal sealed record CheckResult(string Name, string Status, string? Message, bool Essential);

/// <summary>
/// Asks the database and every plugin's check how they are, each with a limit in time, and remembers the answers for two
/// seconds: a balancer that asks often must not be a load.
/// </summary>
internal sealed class HealthChecks(PluginRegistry plugins, IDatabase database, IServiceProvider services, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _asking = new(1);
    private (long At, IReadOnlyList<CheckResult> Results)? _last;

    public async Task<IReadOnlyList<CheckResult>> Run(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_last is { } last && clock.GetElapsedTime(last.At) < Fresh)
            {
                return last.Results;
            }

            var checks = plugins.Active.SelectMany(plugin => plugin.Contributions.HealthChecks).Select(check => Ask(check, cancellationToken));
            var results = await Task.WhenAll(checks.Prepend(AskDatabase(cancellationToken)));
            _last = (clock.GetTimestamp(), results);
            return results;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<CheckResult> AskDatabase(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            await database.Find<int>("select 1", limited.Token);
            return new CheckResult("portal.database", "up", null, Essential: true);
        }
        catch (Exception e) when (e is DatabaseUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new CheckResult("portal.database", "down", e is OperationCanceledException ? "It did not answer within 3 s." : e.Message, Essential: true);
        }
    }

    private async Task<CheckResult> Ask(HealthCheckContribution check, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            var asked = (IHealthCheck)services.GetRequiredService(check.Type);
            var registration = new HealthCheckRegistration(check.Name, asked, failureStatus: null, tags: null);

            // WaitAsync lets go of a check that does not heed its token: the next question must not wait for it.
            var result = await Task.Run(() => asked.CheckHealthAsync(new HealthCheckContext { Registration = registration }, limited.Token), limited.Token).WaitAsync(limited.Token);
            var status = result.Status switch { HealthStatus.Healthy => "up", HealthStatus.Degraded => "degraded", _ => "down" };
            return new CheckResult(check.Name, status, result.Description ?? result.Exception?.Message, Essential: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CheckResult(check.Name, "down", "It did not answer within 3 s.", Essential: false);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return new CheckResult(check.Name, "down", e.Message, Essential: false);
        }
    }

    public void Dispose() => _asking.Dispose();
}
