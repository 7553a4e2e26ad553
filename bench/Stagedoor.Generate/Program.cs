using System.Diagnostics;
using System.Globalization;
using Stagedoor.Generate;

try
{
    if (args is [] or ["--help"])
    {
        Console.Error.WriteLine(
            """
            --out DIR --count N [--seed N=1] [--layout files|single|git] [--per-file N=100] [--dangling SHARE=0.005] [--tiny]
                writes a catalog: the same for the same seed and count
                files    DIR/catalog/0000/entities-0000.yaml with many entities each, and DIR/all.yaml, a Location of all
                single   DIR/catalog/0000/<kind>-<name>/catalog-info.yaml with one entity each
                git      DIR/repositories/<name>.git with one catalog-info.yaml of many entities each
                --tiny   only what an entity must have, for catalogs of a million
            """);
        return 2;
    }

    var options = GenerateOptions.Parse(args);
    var clock = Stopwatch.StartNew();
    var written = Layout.Write(options, new Population(options.Count));
    Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{options.Count:N0} entities in {written.Files:N0} files, {written.Bytes / 1e6:N1} MB, in {clock.Elapsed.TotalSeconds:0.0} s"));
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
