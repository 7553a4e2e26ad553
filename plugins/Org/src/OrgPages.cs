using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Org;

/// <summary>The addresses of the explorer, and links that change one thing of an address and keep the rest.</summary>
internal static class OrgPages
{
    public const string Tree = "/squads";
    public const string Picture = "/squads/picture";
    public const string People = "/squads/people";
    public const string LooseEnds = "/squads/loose-ends";

    private const int LongestText = 200;

    public static string With(this string page, params IEnumerable<(string Key, string? Value)> query) =>
        QueryHelpers.AddQueryString(page, query.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    /// <summary>The present address with one key changed; a null takes it away.</summary>
    public static string Changed(this NavigationManager navigation, string key, string? value, params ReadOnlySpan<string> without)
    {
        var query = Query(navigation);
        foreach (var other in without)
        {
            query.Remove(other);
        }

        if (value is null)
        {
            query.Remove(key);
        }
        else
        {
            query[key] = value;
        }

        return QueryHelpers.AddQueryString(Path(navigation), query);
    }

    /// <summary>The present address with a value added to a key that may have several, or taken from it.</summary>
    public static string Toggled(this NavigationManager navigation, string key, string value)
    {
        var query = Query(navigation);
        var values = query.TryGetValue(key, out var present) ? present.OfType<string>().ToList() : [];
        if (!values.Remove(value))
        {
            values.Add(value);
        }

        query[key] = new StringValues([.. values]);
        return QueryHelpers.AddQueryString(Path(navigation), values.Count > 0 ? query : query.Where(pair => pair.Key != key));
    }

    public static IReadOnlySet<EntityRef> Refs(IReadOnlyList<string?>? values) =>
        (values ?? []).Take(100).Select(value => EntityRef.TryParse(value, "group", EntityRef.DefaultNamespace, out var group) ? group : default).Where(group => group.Kind is not null).ToHashSet();

    public static EntityRef? Ref(string? value) => EntityRef.TryParse(value, "group", EntityRef.DefaultNamespace, out var group) ? group : null;

    public static int Offset(string? value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;

    /// <summary>What was typed, without blanks around it; nothing if that is nothing.</summary>
    public static string? Typed(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : CutText.Start(text.Trim(), LongestText);

    private static string Path(NavigationManager navigation) => new Uri(navigation.Uri).AbsolutePath;

    private static Dictionary<string, StringValues> Query(NavigationManager navigation) => QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query);
}
