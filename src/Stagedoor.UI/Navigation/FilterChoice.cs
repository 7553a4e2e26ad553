namespace Stagedoor.UI;

/// <summary>One value of a facet, and how many there are.</summary>
public sealed record FilterChoice(string? Value, string Title, long? Count = null);
