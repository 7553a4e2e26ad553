using System.Globalization;
using Stagedoor.Load.Pages;

namespace Stagedoor.Load.Graphs;

/// <summary><c>graphs</c>: how soon the graphs of a running portal are drawn in Chromium, and how smoothly they are dragged.</summary>
internal static class GraphsCommand
{
    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Alone is not [var text, _, ..] || !Uri.TryCreate(text, UriKind.Absolute, out var portal))
        {
            throw new ArgumentException("""Give the address of a portal and the paths of its graphs, such as http://localhost:7007 "/catalog-graph?kind=component".""", nameof(arguments));
        }

        var times = (int)Math.Max(1, arguments.Number("--times", 5));
        var chromium = arguments.All("--chromium").LastOrDefault() ?? Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        Console.WriteLine("| graph | entities | relations | first visit, ms | later visit, ms | element, ms | frames a second | slowest frame, ms |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var path in arguments.Alone.Skip(1))
        {
            var all = new List<DrawnGraph>();
            for (var i = 0; i < times; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await using var browser = await MeasuringBrowser.Start(chromium);
                all.Add(await DrawnGraph.Measure(browser, new Uri(portal, path)));
            }

            double Middle(Func<DrawnGraph, double> of) => Median.Of([.. all.Select(of)]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| `{path}` | {all[0].Nodes} | {all[0].Edges} | {Middle(graph => graph.First):0} | {Middle(graph => graph.Later):0} | {Middle(graph => graph.Element):0} | {Middle(graph => graph.Frames):0} | {Middle(graph => graph.Slowest):0} |"));
        }

        return 0;
    }
}
