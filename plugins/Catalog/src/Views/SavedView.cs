using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Views;

/// <summary>A list under a name: a question, never an answer. Whoever opens it sees what they may see.</summary>
/// <param name="Query">The address of the list behind its question mark.</param>
/// <param name="SharedWith">A group, or <see cref="Everybody"/>; nothing, if only its owner sees it.</param>
internal sealed record SavedView(Guid Id, string Owner, string Name, string Query, string? SharedWith, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public const string Everybody = "everybody";

    public bool IsOf(Caller caller) => Owner == caller.Ref.ToString();

    public bool MayChange(Caller caller) => IsOf(caller) || caller.IsAdministrator;

    public bool MaySee(Caller caller) =>
        MayChange(caller) || SharedWith == Everybody || (SharedWith is not null && EntityRef.TryParse(SharedWith, provider: null, out var group) && caller.Groups.Contains(group));
}

/// <summary>What a person gives to save a view or to change one.</summary>
internal sealed record ViewDraft(string? Name, string? Query, string? SharedWith);

internal static class ViewLimits
{
    public const int LongestName = 80;
    public const int LongestQuery = 4000;
    public const int MostOfOne = 100;

    /// <summary>How many the API tells at once.</summary>
    public const int MostTold = 500;
}

/// <summary>A view cannot be as somebody wants it. The message says why, and what would be right.</summary>
internal sealed class ViewRefusedException(string message) : Exception(message);
