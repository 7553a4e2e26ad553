using System.Collections.Immutable;

namespace Stagedoor.Catalog.Pages.List.Asking;

/// <summary>Whose entities a list shows.</summary>
internal enum Whose
{
    All,
    Owned,
    Starred,
}

/// <summary>What the address of the list asks for.</summary>
internal sealed record ListQuery
{
    public const string EveryKind = "all";
    public const string UsualKind = "component";
    public const int UsualLimit = 50;

    public static readonly IReadOnlyList<int> Limits = [20, 50, 100, 200];

    /// <summary>In lower case; <see cref="EveryKind"/> for all.</summary>
    public string Kind { get; init; } = UsualKind;

    public Whose Whose { get; init; }

    /// <summary>The chosen values of each facet, by its key. Any of them is enough.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Chosen { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public string? Text { get; init; }

    /// <summary>The key of a column.</summary>
    public string Sort { get; init; } = "name";

    public bool Descending { get; init; }

    public int Offset { get; init; }

    public int Limit { get; init; } = UsualLimit;

    /// <summary>The columns that the address names; nothing for those that are usual.</summary>
    public ImmutableArray<string>? Columns { get; init; }

    /// <summary>The saved view that it was opened as.</summary>
    public Guid? View { get; init; }

    public bool IsOfEveryKind => Kind == EveryKind;

    public bool IsNarrowed => Chosen.Count > 0 || Text is not null || Whose != Whose.All;

    public ImmutableArray<string> ChosenOf(string facet) => Chosen.TryGetValue(facet, out var values) ? values : [];

    public bool HasChosen(string facet, string value) => ChosenOf(facet).Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>With this value chosen too, or without it if it was.</summary>
    public ListQuery Toggling(string facet, string value) => HasChosen(facet, value)
        ? Choosing(facet, ChosenOf(facet).RemoveAll(chosen => string.Equals(chosen, value, StringComparison.OrdinalIgnoreCase)))
        : Choosing(facet, ChosenOf(facet).Add(value));

    public ListQuery Choosing(string facet, ImmutableArray<string> values) => this with
    {
        Chosen = values.IsEmpty ? Chosen.Remove(facet) : Chosen.SetItem(facet, values), Offset = 0,
    };

    /// <summary>With the column of a label, if one is named.</summary>
    public ListQuery WithLabel(string? label) => string.IsNullOrWhiteSpace(label) ? this : this with
    {
        Columns = (Columns ?? []).Add($"metadata.labels.{label.Trim()}"),
    };

    /// <summary>With nothing that makes the list shorter.</summary>
    public ListQuery Whole() => this with { Chosen = Chosen.Clear(), Text = null, Whose = Whose.All, Offset = 0, View = null };
}
