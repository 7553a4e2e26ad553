namespace Stagedoor.Docs.Places;

/// <summary>The work tree of git that a folder of this machine belongs to: what lies in it belongs together.</summary>
internal static class WorkTree
{
    /// <summary>Nothing, if the folder is in none.</summary>
    public static string? Of(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>The folder as a place within its work tree, or by itself where there is none.</summary>
    public static DocsPlace.OnThisMachine PlaceOf(string folder)
    {
        var whole = Path.TrimEndingDirectorySeparator(folder);
        var root = Of(whole) ?? whole;
        return new DocsPlace.OnThisMachine(root, root == whole ? "" : Path.GetRelativePath(root, whole).Replace(Path.DirectorySeparatorChar, '/'), null);
    }
}
