namespace Stagedoor.UI;

public enum ButtonKind
{
    Secondary,

    /// <summary>The one thing this page is for.</summary>
    Primary,

    /// <summary>Without a frame, for rows and bars.</summary>
    Bare,

    /// <summary>Something is lost by it.</summary>
    Danger,
}

/// <summary>One choice of a <see cref="Select"/>.</summary>
public sealed record Option(string Value, string Title);
