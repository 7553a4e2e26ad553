using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Documents;

namespace Stagedoor.Catalog.Model.Completion;

/// <summary>The annotations that tell where an entity comes from: the same for all entities of a file.</summary>
internal sealed class LocationNotes
{
    public const string Managed = "backstage.io/managed-by-location";
    public const string Origin = "backstage.io/managed-by-origin-location";
    public const string View = "backstage.io/view-url";
    public const string Edit = "backstage.io/edit-url";
    public const string Source = "backstage.io/source-location";

    private LocationNotes(IReadOnlyList<(string Key, string Value, bool IsOurs)> notes) => Notes = notes;

    /// <summary>Those that are ours take the place of what the file says; the others only fill in.</summary>
    public IReadOnlyList<(string Key, string Value, bool IsOurs)> Notes { get; }

    /// <param name="target">The file's location reference.</param>
    public static LocationNotes For(string target, string origin)
    {
        var notes = new List<(string, string, bool)> { (Managed, target, true), (Origin, origin, true) };
        if (target.StartsWith("url:", StringComparison.Ordinal) && Uri.TryCreate(target[4..], UriKind.Absolute, out var address))
        {
            var url = target[4..];
            notes.Add((View, url, false));
            if (EditAddress.Of(address) is { } edit)
            {
                notes.Add((Edit, edit, false));
            }

            notes.Add((Source, $"url:{new Uri(address, "./").AbsoluteUri}", false));
        }

        return new LocationNotes(notes);
    }

    /// <summary>An address of the file's own that would run a script is not passed on.</summary>
    public static bool IsUnsafe(string key, Node value) => key is View or Edit && value.Text is { } address && SafeAddress.IsScript(address);
}
