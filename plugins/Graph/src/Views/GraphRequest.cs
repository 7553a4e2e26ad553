using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Stagedoor.Plugins;

namespace Stagedoor.Graph.Views;

public enum Grouping
{
    /// <summary>By whatever suits, if there is much.</summary>
    Fitting,
    None,
    System,
    Domain,
    Owner,
    Kind,

    /// <summary>The top of the tree, and what is below each of its last level.</summary>
    Tree,
}

/// <summary>What a graph is asked for, as its address says it. Backstage's keys are understood too.</summary>
public sealed record GraphRequest
{
    public const int Endless = int.MaxValue;
    private const int MostRoots = 100;
    private const int DeepestDepth = 50;

    /// <summary>Keys of the list that narrow a graph which begins nowhere.</summary>
    public static readonly IReadOnlyList<string> FilterKeys = ["kind", "type", "owner", "lifecycle", "tag", "namespace", "system", "domain"];

    public IReadOnlyList<EntityRef> Roots { get; init; } = [];

    /// <summary>What the graph is of, when it has no roots.</summary>
    public IReadOnlyList<(string Key, string Value)> Filter { get; init; } = [];

    public int Depth { get; init; } = 1;

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Relations { get; init; } = [];

    /// <summary>From top to bottom instead of from left to right.</summary>
    public bool Down { get; init; }

    public bool Simplified { get; init; } = true;

    public bool Merged { get; init; } = true;

    public Grouping Group { get; init; }

    /// <summary>What could not be understood, in words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool IsEmpty => Roots.Count == 0 && Filter.Count == 0;

    public int DefaultDepth => Roots.Count == 0 ? 0 : 1;

    public static GraphRequest Read(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, texts) in query)
        {
            // Backstage writes rootEntityRefs[]= and rootEntityRefs[0]=.
            var name = key.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket ? key[..bracket] : key;
            if (!values.TryGetValue(name, out var known))
            {
                values[name] = known = [];
            }

            known.AddRange(texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.Trim()));
        }

        var problems = new List<string>();
        var named = All("root").Concat(All("rootEntityRefs")).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var roots = new List<EntityRef>();
        foreach (var text in named.Take(MostRoots))
        {
            if (text.Length <= 400 && EntityRef.TryParse(text, "component", EntityRef.DefaultNamespace, out var root))
            {
                roots.Add(root);
            }
            else
            {
                problems.Add($"'{Short(text)}' is no entity. Write kind:namespace/name, for example component:default/dead-letter.");
            }
        }

        if (named.Count > MostRoots)
        {
            problems.Add($"A graph begins at no more than {MostRoots} entities.");
        }

        var filter = roots.Count > 0 ? [] : FilterKeys.SelectMany(key => All(key).Take(20).Select(value => (key, value))).ToList();
        var direction = Last("direction");
        var foreign = values.ContainsKey("rootEntityRefs");
        return new GraphRequest
        {
            Roots = roots,
            Filter = filter,
            Depth = DepthOf(Last("depth") ?? Last("maxDepth"), roots.Count == 0 ? 0 : foreign ? Endless : 1, problems),
            Kinds = Listed("kinds", "selectedKinds"),
            Relations = Listed("relations", "selectedRelations"),
            Down = direction is not null && (direction.Equals("TB", StringComparison.OrdinalIgnoreCase) || direction.Equals("BT", StringComparison.OrdinalIgnoreCase)),
            Simplified = Flag("simplified") ?? Flag("unidirectional") ?? true,
            Merged = Flag("merge") ?? Flag("mergeRelations") ?? true,
            Group = Last("group") is { } group ? Enum.TryParse<Grouping>(group, ignoreCase: true, out var known2) && !char.IsAsciiDigit(group[0]) ? known2 : Unknown(group) : Grouping.Fitting,
            Problems = problems,
        };

        IReadOnlyList<string> All(string key) => values.TryGetValue(key, out var found) ? found : [];

        string? Last(string key) => All(key) is { Count: > 0 } found ? found[^1] : null;

        bool? Flag(string key) => Last(key) is { } text ? text is "true" or "1" or "on" : null;

        IReadOnlyList<string> Listed(string key, string other) =>
            [.. All(key).Concat(All(other)).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Where(text => text.Length <= 100).Distinct(StringComparer.OrdinalIgnoreCase).Take(100)];

        Grouping Unknown(string text)
        {
            problems.Add($"'{Short(text)}' is no way to group. There are none, system, domain, owner, kind and tree.");
            return Grouping.Fitting;
        }
    }

    public static GraphRequest Read(HttpRequest request) => Read(request.Query);

    /// <summary>The keys of an address that asks for the same, leaving out what goes without saying.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Keys()
    {
        foreach (var root in Roots)
        {
            yield return new("root", root.ToString());
        }

        foreach (var (key, value) in Filter)
        {
            yield return new(key, value);
        }

        if (Depth != DefaultDepth)
        {
            yield return new("depth", DepthText(Depth));
        }

        if (Kinds.Count > 0)
        {
            yield return new("kinds", string.Join(',', Kinds));
        }

        if (Relations.Count > 0)
        {
            yield return new("relations", string.Join(',', Relations));
        }

        if (Down)
        {
            yield return new("direction", "TB");
        }

        if (!Simplified)
        {
            yield return new("simplified", "false");
        }

        if (!Merged)
        {
            yield return new("merge", "false");
        }

        if (Group != Grouping.Fitting)
        {
            yield return new("group", Group.ToString().ToLowerInvariant());
        }
    }

    public string Address => QueryHelpers.AddQueryString(GraphAddress.Page, Keys());

    public static string DepthText(int depth) => depth >= Endless ? "all" : depth.ToString(CultureInfo.InvariantCulture);

    private static int DepthOf(string? text, int usual, List<string> problems)
    {
        if (text is null)
        {
            return usual;
        }

        if (text is "all" or "∞" || text.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            return Endless;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var depth) && depth <= DeepestDepth)
        {
            return depth;
        }

        problems.Add($"'{Short(text)}' is no depth. Write a number up to {DeepestDepth}, or all.");
        return usual;
    }

    private static string Short(string text) => Model.EntityFacts.Cut(text, 80);
}
