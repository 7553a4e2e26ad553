using System.Globalization;
using Stagedoor.Load.Reporting;

namespace Stagedoor.Load.Catalog.Life;

/// <summary><c>catalog-life</c>: catalogs of several sizes on both databases, and one report of them all.</summary>
internal static class LifeCommand
{
    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        var sizes = (arguments.All("--sizes").LastOrDefault() ?? "1000,10000,30000,100000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToList();
        var server = arguments.All("--postgres").LastOrDefault();
        var databases = (arguments.All("--databases").LastOrDefault() ?? (server is null ? "sqlite" : "sqlite,postgres")).Split(',');
        if (databases.Contains("postgres") && server is null)
        {
            throw new ArgumentException("--postgres is missing: the connection string of a user who may create databases.", nameof(arguments));
        }

        var tiny = arguments.All("--tiny").LastOrDefault() == "yes";
        var seconds = arguments.Number("--seconds", 5);
        var rounds = (int)arguments.Number("--history", 50);
        var figures = new List<LifeFigures>();
        foreach (var size in sizes)
        {
            foreach (var database in databases)
            {
                // Answers come from memory, so one database is enough to load.
                var plan = new LifePlan(
                    Path.Combine(Path.GetFullPath(arguments.Text("--portal")), "stagedoor"),
                    Path.Combine(Path.GetFullPath(arguments.Text("--generator")), "Stagedoor.Generate"),
                    size, tiny, database == "postgres" ? server : null, database == databases[0] ? seconds : 0,
                    CatalogCommand.Connections(arguments), arguments.All("--graph").LastOrDefault(), size is >= 5_000 and <= 20_000 ? rounds : 0);
                figures.Add(await LifeRun.Go(plan, cancellationToken));
            }
        }

        var ceilings = arguments.All("--peer").LastOrDefault() is { } peer && figures.FirstOrDefault(run => run.Loads.Count > 0) is { } loaded
            ? await Ceilings(Path.Combine(Path.GetFullPath(peer), "peer"), loaded.Loads, CatalogCommand.Connections(arguments), Math.Max(1, seconds), cancellationToken)
            : [];
        var now = TimeProvider.System.GetLocalNow();
        var report = LifeReport.Write(figures, ceilings, now, seconds);
        await ReportFile.Write(arguments, now, tiny ? "catalog-tiny" : "catalog", report, figures, cancellationToken);
        return figures.SelectMany(run => run.Loads).SelectMany(load => load.Results.Values).All(result => result.Errors == 0) ? 0 : 1;
    }

    /// <summary>The peer sends as many bytes as each scenario's answers have: what HTTP alone allows on this machine.</summary>
    private static async Task<IReadOnlyList<ScenarioFigures>> Ceilings(
        string peer, IReadOnlyList<ScenarioFigures> loads, IReadOnlyList<int> connections, double seconds, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine("The peer");
        await using var server = await Server.Start(peer, [], cancellationToken);
        var figures = new List<ScenarioFigures>();
        foreach (var load in loads.Where(load => load.Results.Count > 1))
        {
            var bytes = Math.Max(2, load.Results.Values.First().BytesPerAnswer - 150);
            var results = new Dictionary<int, LoadResult>();
            foreach (var count in connections)
            {
                var address = new Uri(server.Address, string.Create(CultureInfo.InvariantCulture, $"api/bytes/{bytes}"));
                results[count] = await LoadRun.Go(new LoadPlan(address, count, seconds, long.MaxValue, []), cancellationToken);
            }

            figures.Add(new ScenarioFigures(load.Name, 1, results));
        }

        return figures;
    }
}
