using System.Text;
using Stagedoor.Catalog.Model;

namespace Stagedoor.Catalog.Tests.Model;

/// <summary>
/// Files in every shape that catalogs have. Beside each stands what is said of it, <c>.complaints.txt</c>, and what
/// becomes of it, <c>.entities.txt</c>.
/// </summary>
public sealed class FixtureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".json")
            .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_read_with_exactly_the_complaints_beside_it(string file)
    {
        var (complaints, entities) = await Read(file);

        complaints.ShouldBe(Recorded(file, "complaints"));
        entities.ShouldBe(Recorded(file, "entities"));
    }

    private static async Task<(string Complaints, string Entities)> Read(string file)
    {
        var path = Path.Combine(Folder, file);
        var reading = await new Reading { Place = $"url:https://git.harbour.example/fixtures/blob/main/{file}", Folder = Path.GetDirectoryName(path)! }.Of(
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        return (Lines(reading.Documents.SelectMany(Complaints)), Lines(reading.Documents.SelectMany(Entity)));
    }

    private static IEnumerable<string> Complaints(DocumentReading document) =>
        document.Problems.Select(Reading.Line).Concat(document.Warnings.Select(warning => $"{Reading.Line(warning)} (warning)"));

    private static IEnumerable<string> Entity(DocumentReading document)
    {
        if (document.Entity is not { } entity)
        {
            yield break;
        }

        yield return $"{entity.Ref}";
        foreach (var relation in entity.Relations)
        {
            yield return $"  {relation.Type} {relation.Target} ({relation.Inverse})";
        }

        foreach (var target in document.Targets)
        {
            yield return $"  names {target.Type ?? "file or url"} {target.Target}{(target.Required ? "" : " (optional)")}";
        }

        yield return $"  {Encoding.UTF8.GetString(entity.Body.Span)}";
    }

    private static string Recorded(string file, string what)
    {
        var path = Path.Combine(Folder, Path.ChangeExtension(file, $".{what}.txt"));
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
