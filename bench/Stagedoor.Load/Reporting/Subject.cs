using System.Globalization;

namespace Stagedoor.Load.Reporting;

/// <summary>What is measured: a program, how it is started, and the two addresses that are asked.</summary>
internal sealed record Subject(string Name, string Executable, string Page, string Route, Func<string, IReadOnlyList<string>> Arguments);

/// <summary>The load of one address over one number of connections.</summary>
internal sealed record Load(string Path, int Connections, LoadResult Result);

/// <summary>All figures of one subject.</summary>
internal sealed record Figures(
    TimeSpan FirstStart, TimeSpan LaterStart, long Idle, long AfterLoad, Visit Visit, IReadOnlyList<Load> Loads)
{
    private static readonly int[] Connections = [1, 8, 32];

    public static async Task<Figures> Measure(Subject subject, double seconds, double idle, int starts, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine(subject.Name);
        var first = new List<TimeSpan>();
        var later = new List<TimeSpan>();
        for (var i = 0; i < starts; i++)
        {
            var data = Directory.CreateTempSubdirectory("stagedoor-bench-");
            try
            {
                await using (var server = await Server.Start(subject.Executable, subject.Arguments(data.FullName), cancellationToken))
                {
                    first.Add(server.UntilFirstPage);
                }

                await using (var server = await Server.Start(subject.Executable, subject.Arguments(data.FullName), cancellationToken))
                {
                    later.Add(server.UntilFirstPage);
                }
            }
            finally
            {
                data.Delete(recursive: true);
            }
        }

        var folder = Directory.CreateTempSubdirectory("stagedoor-bench-");
        try
        {
            await using var server = await Server.Start(subject.Executable, subject.Arguments(folder.FullName), cancellationToken);
            Console.Error.WriteLine($"  started; idle for {idle:0} s");
            await Task.Delay(TimeSpan.FromSeconds(idle), cancellationToken);
            var resident = server.Resident();
            var visit = await Visit.Of(new Uri(server.Address, subject.Page), cancellationToken);
            var loads = new List<Load>();
            foreach (var path in new[] { subject.Page, subject.Route })
            {
                var plan = new LoadPlan(new Uri(server.Address, path), 8, Math.Min(5, seconds), long.MaxValue, ["Accept: */*"]);
                await LoadRun.Go(plan, cancellationToken);
                foreach (var connections in Connections)
                {
                    var result = await LoadRun.Go(plan with { Connections = connections, Seconds = seconds }, cancellationToken);
                    loads.Add(new Load(path, connections, result));
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {path} over {connections}: {result.PerSecond:N0} a second, {result.Errors} errors {result.FirstError}"));
                }
            }

            return new Figures(Median.Of(first), Median.Of(later), resident, server.Resident(), visit, loads);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
