using System.Globalization;
using System.Text;

namespace Stagedoor.Sources.Git;

/// <summary>Who changed what, and when.</summary>
internal sealed class History(GitProgram git)
{
    private const string Format = "--format=%x01%H%x02%an%x02%ae%x02%cI%x02%s";
    private const int MostCommits = 50_000;
    private const int MostPathsToName = 100;

    public async Task<IReadOnlyList<CommitInfo>> Log(string folder, string sha, string? path, int limit, CancellationToken cancellationToken)
    {
        string[] paths = string.IsNullOrEmpty(path) ? [] : [path.Trim('/')];
        var said = await git.Text(
            new GitCommand(folder, ["log", "-z", Format, $"--max-count={Math.Clamp(limit, 1, MostCommits)}", sha, "--", .. paths]), cancellationToken);
        return [.. said.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Commit).OfType<CommitInfo>()];
    }

    public async Task<IReadOnlyList<Contributor>> Contributors(string folder, string sha, string? path, int limit, CancellationToken cancellationToken)
    {
        string[] paths = string.IsNullOrEmpty(path) ? [] : [path.Trim('/')];
        var said = await git.Text(
            new GitCommand(folder, ["log", "-z", "--no-merges", "--format=%aN%x02%aE%x02%cI", $"--max-count={MostCommits}", sha, "--", .. paths]), cancellationToken);
        var people = new Dictionary<string, Contributor>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in said.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // The newest comes first, and tells the name. Who has no address is known by the name.
            if (line.Trim('\n').Split('\x02') is [var name, var email, var at] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when))
            {
                var key = email.Length > 0 ? email : name;
                people[key] = people.TryGetValue(key, out var known)
                    ? known with { Commits = known.Commits + 1, LastAt = when > known.LastAt ? when : known.LastAt }
                    : new Contributor(name, email, 1, when);
            }
        }

        return [.. people.Values.OrderByDescending(one => one.Commits).ThenByDescending(one => one.LastAt).ThenBy(one => one.Name, StringComparer.Ordinal).Take(limit)];
    }

    public async Task<IReadOnlyDictionary<string, CommitInfo>> LastChanges(string folder, string sha, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        var missing = new HashSet<string>(paths, StringComparer.Ordinal);
        var found = new Dictionary<string, CommitInfo>(StringComparer.Ordinal);

        // With few paths git leaves out the commits that touch none of them; with many, asking it to costs more.
        string[] named = paths.Count <= MostPathsToName ? [.. paths] : [];
        using var process = git.Start(new GitCommand(
            folder, ["log", "-z", Format, "--name-only", "--no-renames", "--root", $"--max-count={MostCommits}", sha, "--", .. named]));
        try
        {
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            CommitInfo? commit = null;
            await foreach (var part in Parts(process.StandardOutput.BaseStream, cancellationToken))
            {
                var text = part.TrimStart('\n');
                if (text.StartsWith('\x01'))
                {
                    commit = Commit(text);
                }
                else if (commit is not null && missing.Remove(text))
                {
                    found[text] = commit;
                    if (missing.Count == 0)
                    {
                        break;
                    }
                }
            }

            return found;
        }
        finally
        {
            GitProgram.Kill(process);
        }
    }

    public async Task<IReadOnlyList<BlameLine>> Blame(string folder, string sha, string path, CancellationToken cancellationToken)
    {
        var said = await git.Text(new GitCommand(folder, "blame", "--porcelain", sha, "--", path.Trim('/')), cancellationToken);
        var commits = new Dictionary<string, CommitInfo>(StringComparer.Ordinal);
        var lines = new List<BlameLine>();
        CommitInfo? commit = null;
        foreach (var line in said.Split('\n'))
        {
            var words = line.Split(' ');
            if (Shas.IsWhole(words[0]))
            {
                commit = commits.GetValueOrDefault(words[0]) ?? new CommitInfo(words[0], "", "", default, "");
                lines.Add(new BlameLine(int.Parse(words[2], CultureInfo.InvariantCulture), commit.Sha, "", "", default));
            }
            else if (commit is not null && !line.StartsWith('\t'))
            {
                commit = commits[commit.Sha] = words[0] switch
                {
                    "author" => commit with { Author = Rest(line, words[0]) },
                    "author-mail" => commit with { AuthorEmail = Rest(line, words[0]).Trim('<', '>') },
                    "author-time" => commit with { At = DateTimeOffset.FromUnixTimeSeconds(long.Parse(words[1], CultureInfo.InvariantCulture)) },
                    _ => commit,
                };
            }
        }

        return [.. lines.Select(line => commits.TryGetValue(line.Sha, out var by) ? line with { Author = by.Author, AuthorEmail = by.AuthorEmail, At = by.At } : line)];
    }

    private static string Rest(string line, string word) => line.Length > word.Length ? line[(word.Length + 1)..] : "";

    private static CommitInfo? Commit(string text) =>
        text.TrimStart('\n', '\x01').Split('\x02') is [var sha, var author, var email, var at, .. var subject]
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when)
            ? new CommitInfo(sha, author, email, when, string.Concat(subject))
            : null;

    private static async IAsyncEnumerable<string> Parts(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        using var part = new MemoryStream();
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            var from = 0;
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == 0)
                {
                    part.Write(buffer, from, i - from);
                    yield return Encoding.UTF8.GetString(part.GetBuffer(), 0, (int)part.Length);
                    part.SetLength(0);
                    from = i + 1;
                }
            }

            part.Write(buffer, from, read - from);
        }
    }
}
