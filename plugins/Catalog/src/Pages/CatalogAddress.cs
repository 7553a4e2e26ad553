using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages;

/// <summary>Where the pages of the catalog are.</summary>
internal static class CatalogAddress
{
    public const string Settings = "/settings/catalog";
    public const string Register = "/catalog/register";
    public const string Views = "/catalog/views";
    public const string Export = "/api/catalog/export";
    public const string KeepColumns = "/api/catalog/list-columns";
    public const string SaveView = "/api/catalog/views/save";

    public static string Of(EntityRef entity) =>
        $"/catalog/{Uri.EscapeDataString(entity.Namespace.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Kind.ToLowerInvariant())}/{Uri.EscapeDataString(entity.Name.ToLowerInvariant())}";

    public static string Of(EntityRef entity, params IEnumerable<(string Key, string? Value)> query) => With(Of(entity), query);

    public static string List(params IEnumerable<(string Key, string? Value)> query) => With("/catalog", query);

    public static string Source(Guid id) => $"{Settings}/sources/{id}";

    public static string Location(Guid id) => $"/catalog/locations/{id}";

    public static string With(string path, IEnumerable<(string Key, string? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
}
