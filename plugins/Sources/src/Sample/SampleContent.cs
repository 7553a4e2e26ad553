using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Sources.Sample;

/// <summary>What a repository of the sample organisation consists of: the files of a folder, and how they came to be.</summary>
internal sealed class SampleContent(string name, IReadOnlyList<SampleCommit> commits, IReadOnlyList<(string Path, string Text)> files)
{
    private const string HistoryFile = "history.json";

    public string Name { get; } = name;

    /// <summary>Reads all repositories of the sample.</summary>
    public static async Task<IReadOnlyList<SampleContent>> Read(string sample, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(sample, "repositories");
        await using var history = File.OpenRead(Path.Combine(folder, HistoryFile));
        var commits = await JsonSerializer.DeserializeAsync<SortedDictionary<string, IReadOnlyList<SampleCommit>>>(history, JsonSerializerOptions.Web, cancellationToken);
        var all = new List<SampleContent>();
        foreach (var (name, ofOne) in commits!)
        {
            all.Add(new SampleContent(name, ofOne, await Files(Path.Combine(folder, name), cancellationToken)));
        }

        return all;
    }

    /// <summary>The history as git's <c>fast-import</c> reads it: the same commits on every machine.</summary>
    public string Import(SamplePeople people)
    {
        var stream = new StringBuilder();
        var left = files.ToList();
        for (var i = 0; i < commits.Count; i++)
        {
            var commit = commits[i];
            var who = Signature(commit, people);
            stream.Append($"commit refs/heads/main\nmark :{i + 1}\nauthor {who}\ncommitter {who}\n");
            Data(stream, commit.Message + "\n");
            if (i > 0)
            {
                stream.Append($"from :{i}\n");
            }

            foreach (var (path, text) in left.Where(file => commit.Brings(file.Path)))
            {
                stream.Append($"M 100644 inline {path}\n");
                Data(stream, text);
            }

            left.RemoveAll(file => commit.Brings(file.Path));
        }

        return stream.Append("done\n").ToString();
    }

    /// <summary>Changes when the repository has to be made anew.</summary>
    public string Fingerprint(SamplePeople people) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Import(people))));

    private static async Task<IReadOnlyList<(string Path, string Text)>> Files(string folder, CancellationToken cancellationToken)
    {
        var files = new List<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            files.Add((Path.GetRelativePath(folder, file).Replace('\\', '/'), await File.ReadAllTextAsync(file, cancellationToken)));
        }

        return files;
    }

    private static string Signature(SampleCommit commit, SamplePeople people)
    {
        var (who, email) = people.Find(commit.By);
        return $"{who} <{email}> {commit.At.ToUnixTimeSeconds()} +0000";
    }

    private static void Data(StringBuilder stream, string text) => stream.Append($"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
}
