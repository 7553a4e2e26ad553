using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Load.Catalog.Life;

/// <summary>How a catalog's life is measured.</summary>
/// <param name="Portal">The published executable.</param>
/// <param name="Postgres">The connection string of a superuser; nothing for SQLite.</param>
/// <param name="Seconds">For each load; 0 leaves the loads out.</param>
/// <param name="HistoryRounds">How often a file of sixty components is changed to see what history costs; 0 leaves it out.</param>
internal sealed record LifePlan(
    string Portal, string Generator, int Count, bool Tiny, string? Postgres, double Seconds, IReadOnlyList<int> Connections, string? Graph, int HistoryRounds);

/// <summary>Takes one portal through a catalog's life: empty, full, asked, edited, started again.</summary>
internal static class LifeRun
{
    private const int Repeats = 10;

    public static async Task<LifeFigures> Go(LifePlan plan, CancellationToken cancellationToken)
    {
        using var files = await CatalogFiles.Generate(plan.Generator, plan.Count, plan.Tiny, cancellationToken);
        await using var store = await Store.Make(plan.Postgres, cancellationToken);
        await using var served = new ServedFile(MeasuredProcess.FreePort());
        var configuration = MeasuredConfiguration.Write(store, files, served);
        MeasuredPortal Start() => MeasuredPortal.Start(plan.Portal, configuration, store.Data.FullName);
        Say($"{plan.Count:N0} entities on {store.Name}");

        TimeSpan ingested;
        long peak, settled, coldResident;
        double idle;
        IReadOnlyList<ScenarioFigures> loads = [];
        await using (var portal = Start())
        {
            ingested = await portal.UntilItHolds(plan.Count, cancellationToken);
            Say($"  all visible after {ingested.TotalSeconds:0.0} s");
            await portal.UntilQuiet(cancellationToken);
            peak = portal.Peak();
            settled = portal.Resident();
            idle = await portal.Idle(TimeSpan.FromSeconds(10), cancellationToken);
            Say($"  {settled / 1e6:N0} MB resident, {peak / 1e6:N0} MB at most, idle at {idle:0.0 %} of a core");
            if (plan.Seconds > 0)
            {
                loads = await CatalogLoad.Run(portal.Catalog, plan.Graph, plan.Seconds, plan.Connections, _ => true, cancellationToken);
            }

            await portal.Stop();
        }

        var bytes = await store.Bytes(cancellationToken);
        TimeSpan ready, answer;
        (TimeSpan, TimeSpan) again;
        Visible watched;
        Visible? refreshed = null, hooked = null;
        await using (var portal = Start())
        {
            ready = await portal.UntilReady(cancellationToken);
            answer = await portal.UntilItHolds(plan.Count, cancellationToken);
            again = await portal.UntilQuiet(cancellationToken);
            coldResident = portal.Resident();
            Say($"  started again: ready after {ready.TotalSeconds:0.00} s, all there after {answer.TotalSeconds:0.00} s, quiet after another {again.Item1.TotalSeconds:0.0} s and {again.Item2.TotalSeconds:0.0} s of processor");
            watched = await Watched(portal, files, cancellationToken);
            if (await Registered(portal, served, cancellationToken))
            {
                refreshed = await Told(portal, served, "refresh", JsonSerializer.Serialize(new { entityRef = ServedFile.Entity }), signature: null, cancellationToken);
                var hook = JsonSerializer.Serialize(new { location = $"url:{served.Address}" });
                hooked = await Told(portal, served, "refresh-hook", hook, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(MeasuredConfiguration.Token), Encoding.UTF8.GetBytes(hook)))}", cancellationToken);
            }

            Say($"  a change is visible after {watched.Median:0} ms by watching, {refreshed?.Median:0} ms by a refresh, {hooked?.Median:0} ms by the hook");
            await portal.Stop();
        }

        var history = plan.HistoryRounds == 0 ? null : await History(plan, store, files, Start, cancellationToken);
        return new LifeFigures(store.Name, plan.Count, ingested, peak, settled, idle, bytes, ready, answer, coldResident, again, watched, refreshed, hooked, history, loads);
    }

    private static async Task<Visible> Watched(MeasuredPortal portal, CatalogFiles files, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var description = string.Create(CultureInfo.InvariantCulture, $"Watched change {i}");
            var path = files.Describe(i % 3, description, most: 1);
            times.Add(await portal.UntilDescribed(path, description, cancellationToken));
            // The next one is to be a change of its own.
            await Task.Delay(500, cancellationToken);
        }

        return Visible.Of(times);
    }

    private static async Task<bool> Registered(MeasuredPortal portal, ServedFile served, CancellationToken cancellationToken)
    {
        served.Describe("Served");
        using var registered = await portal.Catalog.Send(HttpMethod.Post, "locations", JsonSerializer.Serialize(new { type = "url", target = served.Address }), cancellationToken);
        if (!registered.IsSuccessStatusCode)
        {
            Say($"  the served file could not be registered: {(int)registered.StatusCode} {await registered.Content.ReadAsStringAsync(cancellationToken)}");
            return false;
        }

        await portal.UntilDescribed(ServedFile.Path, "Served", cancellationToken);
        return true;
    }

    /// <summary>From the call that tells of a change until the change is seen.</summary>
    private static async Task<Visible> Told(MeasuredPortal portal, ServedFile served, string path, string body, string? signature, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var description = string.Create(CultureInfo.InvariantCulture, $"Change {i} told by {path}");
            served.Describe(description);
            var began = portal.Age;
            using var answer = await portal.Catalog.Send(HttpMethod.Post, path, body, cancellationToken, signature);
            answer.EnsureSuccessStatusCode();
            await portal.UntilDescribed(ServedFile.Path, description, cancellationToken);
            times.Add((portal.Age - began).TotalMilliseconds);
            await Task.Delay(200, cancellationToken);
        }

        return Visible.Of(times);
    }

    private static async Task<HistoryFigures> History(LifePlan plan, Store store, CatalogFiles files, Func<MeasuredPortal> start, CancellationToken cancellationToken)
    {
        const int Components = 60;
        var before = await store.Bytes(cancellationToken);
        double all = 0;
        await using (var portal = start())
        {
            await portal.UntilReady(cancellationToken);
            await portal.UntilQuiet(cancellationToken);
            for (var i = 0; i < plan.HistoryRounds; i++)
            {
                var description = string.Create(CultureInfo.InvariantCulture, $"Changed for history {i}");
                all += await portal.UntilDescribed(files.Describe(5, description, Components), description, cancellationToken);
            }

            await portal.UntilQuiet(cancellationToken);
            await portal.Stop();
        }

        var changes = plan.HistoryRounds * Components;
        var figures = new HistoryFigures(changes, (double)(await store.Bytes(cancellationToken) - before) / changes, all / changes);
        Say($"  history: {figures.BytesEach:N0} bytes and {figures.MillisecondsEach:0.00} ms a change, over {changes:N0}");
        return figures;
    }

    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
