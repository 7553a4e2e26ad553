namespace Stagedoor.Catalog.Pages.List.Columns;

/// <summary>What the cells of a column hold.</summary>
internal enum CellForm
{
    Name,
    Text,
    References,
    Domain,
    Lifecycle,
    Tags,
    Mail,
    Changed,
}

/// <summary>A column of the list.</summary>
/// <param name="Key">In the address and in the configuration.</param>
/// <param name="Path">Where its values stand in an entity; the type of relation, where they are references.</param>
internal sealed record ListColumn(string Key, string Title, CellForm Form, string Path)
{
    /// <summary>The path to sort by; nothing if it cannot be sorted by.</summary>
    public string? Sort { get; init; }

    /// <summary>Of the related entities only those of this kind.</summary>
    public string? OnlyKind { get; init; }

    /// <summary>On a phone it stands below the name, and is no column.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Shown only where there is room.</summary>
    public bool Wide { get; init; }
}
