using Stagedoor.Catalog.Reading.Patterns;
using Stagedoor.Plugins;
using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Files;

/// <param name="Path">Relative to where the walk began, with forward slashes.</param>
/// <param name="Real">Where it really lies; nothing if it is a link, which is to be followed when it is read.</param>
internal sealed record FoundFile(string Path, FileInfo File, string? Real, IDescriptorReader? Reader);

/// <summary>Finds the files of a folder that are selected, in the order of their paths. Links are followed as far as the roots reach.</summary>
internal sealed class FolderWalk(FileRoots roots, ReadingLimits limits)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <exception cref="PlaceException">There is too much, or a folder cannot be looked into: what is in it is not gone.</exception>
    public IReadOnlyList<FoundFile> Find(string folder, Selection selection, CancellationToken cancellationToken)
    {
        var found = new List<FoundFile>();
        Visit(new DirectoryInfo(folder), RealPath.Of(folder), "", 0, []);
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;

        void Visit(DirectoryInfo directory, string? real, string path, int depth, HashSet<string> above)
        {
            // Below itself there is nothing new: that is how a link to a folder above would never end.
            if (real is null || !roots.Allows(real) || !above.Add(real))
            {
                return;
            }

            try
            {
                foreach (var entry in directory.EnumerateFileSystemInfos("*", Everything))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var below = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
                    if (IsFolder(entry))
                    {
                        if (depth < limits.MostDepth && selection.MayMatchBelow(below))
                        {
                            // What is no link lies where its folder lies; following the whole way for each would cost most of the time.
                            Visit(new DirectoryInfo(entry.FullName), IsLink(entry) ? RealPath.Of(entry.FullName) : Path.Combine(real, entry.Name), below, depth + 1, above);
                        }
                    }
                    else if (selection.Selects(below, out var reader))
                    {
                        if (found.Count == limits.MostFiles)
                        {
                            throw new PlaceException($"There are more than {limits.MostFiles} files to read in {folder}. Name fewer, or split the place into several.", isGone: false);
                        }

                        found.Add(new FoundFile(below, (FileInfo)entry, IsLink(entry) ? null : Path.Combine(real, entry.Name), reader));
                    }
                }
            }
            catch (DirectoryNotFoundException) when (depth > 0)
            {
                // Deleted since the folder above was listed.
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                throw new PlaceException($"The folder {directory.FullName} cannot be read: {e.Message} Let the user {Environment.UserName} read it.", isGone: false, e);
            }

            above.Remove(real);
        }
    }

    private static bool IsFolder(FileSystemInfo entry) =>
        entry is DirectoryInfo || (IsLink(entry) && Directory.Exists(entry.FullName));

    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
