using Stagedoor.Load;
using Stagedoor.Load.Catalog;
using Stagedoor.Load.Catalog.Life;
using Stagedoor.Load.Documentation;
using Stagedoor.Load.Graphs;
using Stagedoor.Load.Pages;
using Stagedoor.Load.Reporting;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    return args switch
    {
        ["load", .. var rest] => await LoadCommand.Run(Arguments.Parse(rest), stop.Token),
        ["report", .. var rest] => await ReportCommand.Run(Arguments.Parse(rest), stop.Token),
        ["catalog", .. var rest] => await CatalogCommand.Run(Arguments.Parse(rest), stop.Token),
        ["catalog-life", .. var rest] => await LifeCommand.Run(Arguments.Parse(rest), stop.Token),
        ["pages", .. var rest] => await PagesCommand.Run(Arguments.Parse(rest), stop.Token),
        ["docs", .. var rest] => await DocsCommand.Run(Arguments.Parse(rest), stop.Token),
        ["graphs", .. var rest] => await GraphsCommand.Run(Arguments.Parse(rest), stop.Token),
        _ => Usage(),
    };
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return 130;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        load URL [--connections N=8] [--seconds S=10] [--requests N] [--warmup S=2] [--header "Name: value"]
            asks for one address again and again, over N connections that stay open, and tells how fast the answers come
        report --portal DIR --peer DIR --out DIR [--seconds S=10] [--idle S=30] [--starts N=5]
            measures a published portal beside a published peer, and writes a table; bench/run does it all
        catalog --base URL [--token T] [--seconds S=5] [--connections 1,8,32] [--only TEXT] [--graph "graph?root={ref}&depth=3"] [--json FILE]
            asks a running catalog, of whatever portal that offers Backstage's API, as people and programs do; the answers
            are checked. --graph is the path of a neighbourhood, where the portal has one
        catalog-life --portal DIR --generator DIR --out DIR [--peer DIR] [--sizes 1000,10000,30000,100000] [--databases sqlite,postgres]
                     [--postgres "Host=…"] [--seconds S=5] [--history ROUNDS=50] [--tiny yes] [--connections …] [--graph "graph?root={ref}&depth=3"]
            takes a published portal through a catalog's life at several sizes, and writes a report; bench/catalog does it all
        pages --portal DIR --generator DIR --chromium PATH --out DIR [--sizes 1000,10000,100000] [--seconds S=5] [--times N=7]
            looks at the catalog's pages of a published portal in a browser and under load; bench/pages does it all
        docs --portal DIR --out DIR [--mkdocs PATH] [--sizes 100,1000,5000] [--seconds S=5] [--times N=5] [--builds N=3]
            reads generated documentation sites in a published portal, and lets MkDocs build the same; bench/docs does it all
        graphs BASE PATH... [--times N=5] [--chromium PATH]
            opens graphs of a running portal, such as "/catalog-graph?kind=component", in a fresh browser each time and tells, as medians: when
            the picture stood after one began to go there (first visit, and with what the first left in the cache), how long the element itself
            took, and how many frames a second it drew while being dragged to and fro for two seconds
        """);
    return 2;
}
