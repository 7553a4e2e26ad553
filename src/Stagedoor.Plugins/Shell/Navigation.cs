namespace Stagedoor.Plugins;

/// <summary>A link in the sidebar and in the palette.</summary>
/// <param name="Href">The page, with a leading slash. It is marked as current on every page below it.</param>
public sealed record NavigationItem(string Title, string Href)
{
    /// <summary>A name of the kit's icon set.</summary>
    public string Icon { get; init; } = "dot";

    /// <summary>The heading it stands under. Nothing: the first, unnamed group.</summary>
    public string? Group { get; init; }

    /// <summary>Smaller comes first.</summary>
    public int Order { get; init; } = 100;

    /// <summary>Who may see it. Nothing: everyone with an identity.</summary>
    public Permission? Permission { get; init; }

    /// <summary>The second key of a shortcut: <c>h</c> makes <c>g h</c> go there.</summary>
    public char? Shortcut { get; init; }
}

/// <summary>Links of the sidebar for one caller, such as one for each squad. Every page asks, so it answers from memory.</summary>
public interface IPersonalNavigation
{
    ValueTask<IReadOnlyList<NavigationItem>> For(Caller caller, CancellationToken cancellationToken);
}

/// <summary>Something one can do, offered in the palette.</summary>
public sealed record ActionItem(string Title, string Href)
{
    public string Icon { get; init; } = "bolt";

    public string? Detail { get; init; }

    public Permission? Permission { get; init; }
}
