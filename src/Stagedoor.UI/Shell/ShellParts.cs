using Stagedoor.Plugins;

namespace Stagedoor.UI;

/// <summary>A heading of the sidebar with its links. The first group has no heading.</summary>
public sealed record NavGroup(string? Title, IReadOnlyList<NavItem> Items);

/// <summary>A link of the sidebar.</summary>
public sealed record NavItem(string Title, string Href, string Icon = "dot")
{
    public long? Count { get; init; }

    /// <summary>The count wants attention.</summary>
    public bool Hot { get; init; }

    /// <summary>The second key of a shortcut: <c>h</c> makes <c>g h</c> go there.</summary>
    public char? Shortcut { get; init; }
}

/// <summary>Who is signed in, as the shell shows it.</summary>
public sealed record PersonBadge(string Name)
{
    /// <summary>The line below the name, such as the squad.</summary>
    public string? Detail { get; init; }

    public string? Picture { get; init; }

    public string? Href { get; init; }
}

/// <summary>One line said to the person at the screen.</summary>
public sealed record Toast(string Text, Severity Severity = Severity.Success);

/// <summary>What the palette offers for a text. The palette's route answers with this as JSON.</summary>
public sealed record PaletteAnswer(IReadOnlyList<PaletteSection> Sections);

public sealed record PaletteSection(string Title, IReadOnlyList<PaletteItem> Items);

public sealed record PaletteItem(string Title, string Href)
{
    public string? Icon { get; init; }

    public string? Detail { get; init; }
}
