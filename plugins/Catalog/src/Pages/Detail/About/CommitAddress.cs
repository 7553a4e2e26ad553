using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Pages.Detail.About;

/// <summary>Where a code host shows a file as it was at a commit.</summary>
internal static class CommitAddress
{
    /// <summary>The address at which the entity's file is seen, with the commit in the place of the branch; nothing if the address shows no branch.</summary>
    public static string? Of(Entity entity, string place, string commit)
    {
        var address = Pages.Shown.Link(entity.Annotation("backstage.io/view-url")) ?? Pages.Shown.Link(place);
        foreach (var mark in new[] { "/blob/", "/tree/", "/src/branch/" })
        {
            if (address?.IndexOf(mark, StringComparison.Ordinal) is { } at and > 0)
            {
                var branch = at + mark.Length;
                var end = address.IndexOf('/', branch);
                var form = mark == "/src/branch/" ? "/src/commit/" : mark;
                return end < 0 ? null : $"{address[..at]}{form}{Uri.EscapeDataString(commit)}{address[end..]}";
            }
        }

        return null;
    }
}
