using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Stagedoor.Docs.Reading;
using Stagedoor.Plugins;

namespace Stagedoor.Docs.Pages.List;

/// <summary>What the address of the list asks for.</summary>
internal sealed record DocsQuery
{
    public const int Limit = 50;

    private const int LongestText = 200;

    public DocsScope Scope { get; init; }

    public string? Text { get; init; }

    public string? Owner { get; init; }

    public string? Tag { get; init; }

    public string? Kind { get; init; }

    public string Sort { get; init; } = "name";

    public bool Descending { get; init; }

    public int Offset { get; init; }

    public bool IsNarrowed => Text is not null || Owner is not null || Tag is not null || Kind is not null;

    public static DocsQuery Read(IQueryCollection query) => new()
    {
        Scope = Given(query, "filter")?.ToLowerInvariant() switch { "owned" => DocsScope.Owned, "starred" => DocsScope.Starred, _ => DocsScope.All },
        Text = Given(query, "q"),
        Owner = Given(query, "owner") is { } owner && EntityRef.TryParse(owner, "group", EntityRef.DefaultNamespace, out var reference) ? reference.ToString() : null,
        Tag = Given(query, "tag"),
        Kind = Given(query, "kind")?.ToLowerInvariant(),
        Sort = Given(query, "sort") is "owner" or "type" or "kind" ? Given(query, "sort")! : "name",
        Descending = Given(query, "dir") == "desc",
        Offset = int.TryParse(Given(query, "offset"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var offset) ? offset : 0,
    };

    /// <summary>The path that entities are sorted by.</summary>
    public string SortPath => Sort switch { "owner" => "relations.ownedBy", "type" => "spec.type", "kind" => "kind", _ => "metadata.name" };

    /// <summary>The address of the list that asks for this, from its first page.</summary>
    public string Address()
    {
        var parts = Pairs().ToList();
        return parts.Count == 0 ? DocsAddress.List : QueryHelpers.AddQueryString(DocsAddress.List, parts);
    }

    /// <summary>What stands behind the question mark, without where in the list one is.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Scope != DocsScope.All) yield return new("filter", Scope == DocsScope.Owned ? "owned" : "starred");
        if (Kind is not null) yield return new("kind", Kind);
        if (Owner is not null) yield return new("owner", Owner);
        if (Tag is not null) yield return new("tag", Tag);
        if (Text is not null) yield return new("q", Text);
        if (Sort != "name" || Descending)
        {
            yield return new("sort", Sort);
            yield return new("dir", Descending ? "desc" : "asc");
        }
    }

    private static string? Given(IQueryCollection query, string key) =>
        query[key].LastOrDefault()?.Trim() is { Length: > 0 } value ? value.Length > LongestText ? value[..LongestText] : value : null;
}

/// <summary>Whose documentation a list shows.</summary>
internal enum DocsScope
{
    All,
    Owned,
    Starred,
}
