namespace Stagedoor.UI;

/// <summary>One step of the way to a page.</summary>
public sealed record Crumb(string Title, string? Href = null);
