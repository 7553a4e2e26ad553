using Microsoft.AspNetCore.WebUtilities;

namespace Stagedoor.Plugins;

/// <summary>Where entities are shown. The addresses are those of Backstage, so that old links keep working.</summary>
public static class EntityPages
{
    public const string List = "/catalog";

    /// <summary>The page of an entity.</summary>
    /// <param name="tab">A section of it, such as <c>history</c>, and what follows in the address: <c>docs/first-steps</c>.</param>
    public static string Of(EntityRef entity, string? tab = null)
    {
        var page = $"{List}/{Part(entity.Namespace)}/{Part(entity.Kind)}/{Part(entity.Name)}";
        return string.IsNullOrEmpty(tab) ? page : $"{page}/{tab}";
    }

    /// <summary>The list, with keys of its address such as <c>kind</c>, <c>owner</c> or <c>tag</c>. What is null is left out.</summary>
    public static string Listing(params IEnumerable<(string Key, string? Value)> query) =>
        QueryHelpers.AddQueryString(List, query.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    private static string Part(string text) => Uri.EscapeDataString(text.ToLowerInvariant());
}
