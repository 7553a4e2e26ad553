using System.Globalization;
using System.Text;

namespace Stagedoor.Load.Reporting;

/// <summary><c>report</c>: measures the portal and the peer in one run, and writes both into one table.</summary>
internal static class ReportCommand
{
    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        var seconds = arguments.Number("--seconds", 10);
        var idle = arguments.Number("--idle", 30);
        var starts = (int)Math.Max(1, arguments.Number("--starts", 5));
        var peer = new Subject("The peer", Path.Combine(Path.GetFullPath(arguments.Text("--peer")), "peer"), "/", "/api/ping", _ => []);
        var portal = new Subject(
            "The portal", Path.Combine(Path.GetFullPath(arguments.Text("--portal")), "stagedoor"), "/", "/api/portal/ping", data => ["serve", "--sample", "polaris", "--data", data]);

        var ofPeer = await Figures.Measure(peer, seconds, idle, starts, cancellationToken);
        var ofPortal = await Figures.Measure(portal, seconds, idle, starts, cancellationToken);

        var now = TimeProvider.System.GetLocalNow();
        var report = Write(ofPortal, ofPeer, now, seconds, idle, starts);
        await ReportFile.Write(arguments, now, "house", report, figures: null, cancellationToken);
        return ofPortal.Loads.Concat(ofPeer.Loads).All(load => load.Result.Errors == 0) ? 0 : 1;
    }

    private static string Write(Figures portal, Figures peer, DateTimeOffset now, double seconds, double idle, int starts)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"# The house, measured on {now:yyyy-MM-dd}");
        Line($"");
        Line($"{Machine.Describe()}.");
        Line($"Published in Release, SQLite, the sample organisation; {seconds:0.#} s for each load after a warm-up; starts are the median of {starts}.");
        Line($"The peer is an ASP.NET Core application of one static page of 3 KB and one JSON route, measured in the same run: it says what the machine gives.");
        Line($"");
        Line($"| What | Portal | Peer | Ratio |");
        Line($"|---|---:|---:|---:|");
        Line($"| Process start to first page, new data (ms) | {portal.FirstStart.TotalMilliseconds:N0} | {peer.FirstStart.TotalMilliseconds:N0} | {portal.FirstStart / peer.FirstStart:0.00} |");
        Line($"| Process start to first page, existing data (ms) | {portal.LaterStart.TotalMilliseconds:N0} | {peer.LaterStart.TotalMilliseconds:N0} | {portal.LaterStart / peer.LaterStart:0.00} |");
        Line($"| Resident memory after {idle:0.#} s idle (MB) | {Megabytes(portal.Idle):N0} | {Megabytes(peer.Idle):N0} | {(double)portal.Idle / peer.Idle:0.00} |");
        Line($"| Resident memory after the loads (MB) | {Megabytes(portal.AfterLoad):N0} | {Megabytes(peer.AfterLoad):N0} | {(double)portal.AfterLoad / peer.AfterLoad:0.00} |");
        Line($"| First visit of home, all told (bytes, {portal.Visit.Answers} answers) | {portal.Visit.First:N0} | {peer.Visit.First:N0} | |");
        Line($"| Later visit of home, all told (bytes) | {portal.Visit.Later:N0} | {peer.Visit.Later:N0} | |");
        Line($"");
        Line($"| Load | Connections | Portal: answers/s | p50 ms | p95 ms | p99 ms | Errors | Peer: answers/s | p50 ms | p95 ms | p99 ms | Ratio of answers/s |");
        Line($"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (ours, theirs) in portal.Loads.Zip(peer.Loads))
        {
            var (a, b) = (ours.Result, theirs.Result);
            Line($"| {(ours.Path == "/" ? "Home page" : $"Route {ours.Path}")} | {ours.Connections} | {a.PerSecond:N0} | {a.P50:0.00} | {a.P95:0.00} | {a.P99:0.00} | {a.Errors} | {b.PerSecond:N0} | {b.P50:0.00} | {b.P95:0.00} | {b.P99:0.00} | {a.PerSecond / b.PerSecond:0.00} |");
        }

        return text.ToString();
    }

    private static double Megabytes(long bytes) => bytes / 1_000_000.0;
}
