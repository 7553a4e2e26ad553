using System.Text;

namespace Stagedoor.Sources.Git;

/// <summary>The branches and tags of a repository, by their full names, and where its HEAD points.</summary>
/// <param name="Head">The full name of a branch, a hash if none is checked out, or nothing in an empty repository.</param>
internal sealed record ReferenceSet(IReadOnlyDictionary<string, string> Names, string? Head)
{
    /// <summary>Reads what <c>git ls-remote --symref</c> says.</summary>
    public static ReferenceSet OfRemote(string said)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? head = null, headSha = null;
        foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0)
            {
                continue;
            }

            var (left, name) = (line[..tab], line[(tab + 1)..]);
            if (name == "HEAD")
            {
                (head, headSha) = left.StartsWith("ref: ", StringComparison.Ordinal) ? (left[5..], headSha) : (head, left);
            }
            else if (IsKept(name) && !name.EndsWith("^{}", StringComparison.Ordinal))
            {
                names[name] = left;
            }
        }

        return new ReferenceSet(names, head is not null && names.ContainsKey(head) ? head : names.FirstOrDefault(pair => pair.Value == headSha && pair.Key.StartsWith("refs/heads/", StringComparison.Ordinal)).Key ?? headSha);
    }

    public static async Task<ReferenceSet> OfFolder(GitProgram git, string folder, CancellationToken cancellationToken)
    {
        var said = await git.Text(new GitCommand(folder, "for-each-ref", "--format=%(objectname)%09%(refname)", "refs/heads/", "refs/tags/"), cancellationToken);
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            names[line[(tab + 1)..]] = line[..tab];
        }

        var head = HeadOf(folder);
        return new ReferenceSet(names, head is not null && (names.ContainsKey(head) || Shas.IsWhole(head)) ? head : null);
    }

    public bool Equals(ReferenceSet? other) =>
        other is not null && Head == other.Head && Names.Count == other.Names.Count && Names.All(pair => other.Names.TryGetValue(pair.Key, out var sha) && sha == pair.Value);

    public override int GetHashCode() => HashCode.Combine(Names.Count, Head);

    private static string? HeadOf(string folder)
    {
        var text = File.ReadAllText(Path.Combine(folder, "HEAD"), Encoding.UTF8).Trim();
        return text.StartsWith("ref: ", StringComparison.Ordinal) ? text[5..] : text.Length > 0 ? text : null;
    }

    private static bool IsKept(string name) => name.StartsWith("refs/heads/", StringComparison.Ordinal) || name.StartsWith("refs/tags/", StringComparison.Ordinal);
}
