namespace Stagedoor.Sources.Sample;

/// <summary>
/// The people of the sample organisation, as its own file names them: what the portal's directory says of them may change while
/// the portal runs, and the history of a repository may not.
/// </summary>
internal sealed class SamplePeople
{
    private readonly Dictionary<string, (string Name, string Email)> _people = new(StringComparer.Ordinal);

    public static async Task<SamplePeople> Read(string sample, CancellationToken cancellationToken)
    {
        var people = new SamplePeople();
        foreach (var document in (await File.ReadAllTextAsync(Path.Combine(sample, "org.yaml"), cancellationToken)).ReplaceLineEndings("\n").Split("\n---\n"))
        {
            var lines = document.Split('\n');
            if (lines.Contains("kind: User") && Value(lines, "name") is { } name)
            {
                people._people[name] = (Value(lines, "displayName") ?? name, Value(lines, "email") ?? Address(name));
            }
        }

        return people;
    }

    public (string Name, string Email) Find(string name) => _people.TryGetValue(name, out var person) ? person : (name, Address(name));

    private static string Address(string name) => $"{name}@polaris.example";

    /// <summary>The file is the portal's own and plain: a text in quotes has no escapes.</summary>
    private static string? Value(string[] lines, string key) =>
        lines.Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith($"{key}: ", StringComparison.Ordinal))?[(key.Length + 2)..].Trim().Trim('"');
}
