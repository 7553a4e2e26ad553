using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Stagedoor.UI;

/// <summary>
/// The address of the page being shown. A link made with it changes one thing and keeps the rest, so that filters,
/// sorting and paging live together in the address.
/// </summary>
internal static class Address
{
    public static string Path(this NavigationManager navigation) => new Uri(navigation.Uri).AbsolutePath;

    public static Dictionary<string, StringValues> Query(this NavigationManager navigation) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query);

    public static string? Value(this NavigationManager navigation, string key) =>
        navigation.Query().TryGetValue(key, out var values) ? values[^1] : null;

    /// <summary>The present address with some keys of its query changed; a null takes a key away.</summary>
    public static string With(this NavigationManager navigation, params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var query = navigation.Query();
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                query.Remove(key);
            }
            else
            {
                query[key] = value;
            }
        }

        return QueryHelpers.AddQueryString(navigation.Path(), query);
    }
}
