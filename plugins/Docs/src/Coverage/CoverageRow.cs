namespace Stagedoor.Docs.Coverage;

/// <summary>What was last found out about an entity's documentation.</summary>
/// <param name="Broken">How many links, anchors and images lead nowhere, and what is wrong with its arrangement.</param>
/// <param name="ChangedAt">When any of its pages last changed.</param>
/// <param name="Trouble">Why it cannot be read.</param>
internal sealed record CoverageRow(string Ref, string? Version, long Pages, long Broken, DateTimeOffset? ChangedAt, string? Trouble, DateTimeOffset CheckedAt);
