using System.Globalization;
using System.Text.Json;

namespace Stagedoor.Load.Catalog;

/// <summary><c>catalog</c>: the load of a catalog that runs already, ours or another's.</summary>
internal static class CatalogCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> Run(Arguments arguments, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(arguments.Text("--base"), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException("--base needs an address such as http://localhost:7007/api/catalog. TLS is not spoken here.", nameof(arguments));
        }

        using var target = new CatalogTarget(address, arguments.All("--token").LastOrDefault());
        var only = arguments.All("--only").ToList();
        var figures = await CatalogLoad.Run(
            target,
            arguments.All("--graph").LastOrDefault(),
            arguments.Number("--seconds", 5),
            Connections(arguments),
            name => only.Count == 0 || only.Exists(text => name.Contains(text, StringComparison.OrdinalIgnoreCase)),
            cancellationToken);
        Console.WriteLine(CatalogTables.Loads(figures));
        if (arguments.All("--json").LastOrDefault() is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, Indented), cancellationToken);
        }

        return figures.Any(scenario => scenario.Results.Values.Any(result => result.Errors > 0)) ? 1 : 0;
    }

    public static IReadOnlyList<int> Connections(Arguments arguments) =>
        arguments.All("--connections").LastOrDefault() is { } text ? [.. text.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))] : [1, 8, 32];
}
