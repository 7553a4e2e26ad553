using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>The published portal as a process with a catalog, watched from outside: time, memory, processor.</summary>
internal sealed class MeasuredPortal : IAsyncDisposable
{
    private readonly MeasuredProcess _process;

    private MeasuredPortal(MeasuredProcess process, CatalogTarget catalog)
    {
        _process = process;
        Catalog = catalog;
    }

    public CatalogTarget Catalog { get; }

    /// <summary>Since the process was started.</summary>
    public TimeSpan Age => _process.Age;

    public long Resident() => _process.Resident();

    public long Peak() => _process.Peak();

    public static MeasuredPortal Start(string executable, string configuration, string data)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MeasuredProcess.FreePort()}");
        var process = MeasuredProcess.Start(executable, ["serve", "--urls", address, "--data", data, "--config", configuration, "--sample", "none"], "Production");
        return new MeasuredPortal(process, new CatalogTarget(new Uri($"{address}/api/catalog"), MeasuredConfiguration.Token));
    }

    /// <summary>Tells how old it was when it was ready.</summary>
    public Task<TimeSpan> UntilReady(CancellationToken cancellationToken) =>
        Until("ready", TimeSpan.FromMinutes(5), async () => await Catalog.Has("/readyz", cancellationToken) ? Age : null, cancellationToken);

    /// <summary>Tells how old it was when all entities could be seen. The places they come from are entities too and do not count.</summary>
    public Task<TimeSpan> UntilItHolds(int count, CancellationToken cancellationToken) => Until(
        $"holding {count} entities", TimeSpan.FromMinutes(30), async () =>
        {
            using var facets = await Catalog.Read("entity-facets?facet=kind", cancellationToken);
            var held = facets.RootElement.GetProperty("facets").GetProperty("kind").EnumerateArray()
                .Where(kind => kind.GetProperty("value").GetString() != "Location").Sum(kind => kind.GetProperty("count").GetInt32());
            return held >= count ? Age : null;
        }, cancellationToken);

    /// <summary>Tells how long it takes from now until a description reads so, in milliseconds.</summary>
    public async Task<double> UntilDescribed(string path, string description, CancellationToken cancellationToken)
    {
        var began = Age;
        var seen = await Until($"describing {path} as {description}", TimeSpan.FromMinutes(5), async () => await Describes(path, description, cancellationToken) ? Age : null, cancellationToken);
        return (seen - began).TotalMilliseconds;
    }

    /// <summary>Waits until the processor has had nothing to do for two seconds. Tells how long it had, and what it took until then.</summary>
    public async Task<(TimeSpan Waited, TimeSpan Used)> UntilQuiet(CancellationToken cancellationToken)
    {
        var (began, used) = (Age, _process.Processor);
        var quiet = 0;
        for (var last = used; quiet < 8 && Age - began < TimeSpan.FromMinutes(5);)
        {
            await Task.Delay(250, cancellationToken);
            var now = _process.Processor;
            quiet = now - last < TimeSpan.FromMilliseconds(12) ? quiet + 1 : 0;
            last = now;
        }

        return (Age - began - TimeSpan.FromSeconds(2), _process.Processor - used);
    }

    /// <summary>The share of one core that it uses while nobody asks anything.</summary>
    public async Task<double> Idle(TimeSpan time, CancellationToken cancellationToken)
    {
        var used = _process.Processor;
        await Task.Delay(time, cancellationToken);
        return (_process.Processor - used) / time;
    }

    public Task Stop() => _process.Stop();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Catalog.Dispose();
    }

    private async Task<bool> Describes(string path, string description, CancellationToken cancellationToken)
    {
        using var answer = await Catalog.Send(HttpMethod.Get, path, body: null, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            return false;
        }

        using var entity = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellationToken));
        return entity.RootElement.GetProperty("metadata").TryGetProperty("description", out var found) && found.GetString() == description;
    }

    private async Task<TimeSpan> Until(string what, TimeSpan patience, Func<Task<TimeSpan?>> look, CancellationToken cancellationToken)
    {
        var began = Age;
        while (true)
        {
            if (_process.ExitCode is { } code)
            {
                throw new InvalidOperationException($"The portal ended with exit code {code} instead of {what}: {await _process.Complaints}");
            }

            try
            {
                if (await look() is { } reached)
                {
                    return reached;
                }
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException && Age - began < TimeSpan.FromSeconds(30))
            {
                // It does not listen yet, or not to this route.
            }

            if (Age - began > patience)
            {
                throw new TimeoutException($"The portal is not {what} after {patience.TotalSeconds:0} s.");
            }

            await Task.Delay(4, cancellationToken);
        }
    }
}
