using System.Globalization;
using System.Text;

namespace Stagedoor.Sources.Git;

/// <summary>Reads what <c>git ls-tree -r -z -l</c> says.</summary>
internal static class TreeListing
{
    public static IReadOnlyList<RepositoryEntry> Read(ReadOnlySpan<byte> said)
    {
        var entries = new List<RepositoryEntry>();
        while (said.IndexOf((byte)0) is >= 0 and var end)
        {
            var line = said[..end];
            said = said[(end + 1)..];
            var tab = line.IndexOf((byte)'\t');
            var head = Encoding.ASCII.GetString(line[..tab]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            entries.Add(new RepositoryEntry(
                Encoding.UTF8.GetString(line[(tab + 1)..]),
                head[2],
                long.TryParse(head[3], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
                head[0] switch
                {
                    "120000" => RepositoryEntryKind.Link,
                    "160000" => RepositoryEntryKind.Submodule,
                    "100755" => RepositoryEntryKind.Executable,
                    _ => RepositoryEntryKind.File,
                }));
        }

        return entries;
    }
}
