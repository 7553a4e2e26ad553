using System.Text;
using Stagedoor.Catalog.Model;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Tests.Model;

/// <summary>Reads a text as a file of entities.</summary>
internal sealed class Reading
{
    public const string Target = "url:https://git.example.org/harbour/ferry/blob/main/catalog-info.yaml";

    public IReadOnlyList<EntityKind> Kinds { get; init; } = [];

    public IReadOnlyList<EntityField> Fields { get; init; } = [];

    public IReadOnlyList<IEntityProcessor> Processors { get; init; } = [];

    public IAllowedKinds Allowed { get; init; } = new Everything();

    public string Place { get; init; } = Target;

    public Dictionary<string, string> Beside { get; init; } = [];

    public IDescriptorReader? Reader { get; init; }

    /// <summary>Where files beside it lie; else <see cref="Beside"/> has them.</summary>
    public string? Folder { get; init; }

    public Task<FileReading> Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public async Task<FileReading> Of(byte[] bytes) =>
        await new EntityFiles(new KnownKinds(Kinds, Fields), Processors).Read(
            new EntityFile(Place, Place, bytes, Allowed, ReadBeside) { Reader = Reader }, TestContext.Current.CancellationToken);

    public static Task<FileReading> Plain(string text) => new Reading().Of(text);

    /// <summary>The only entity of a text.</summary>
    public async Task<Entity> Entity(string text)
    {
        var reading = await Of(text);
        var document = reading.Documents.ShouldHaveSingleItem();
        document.Problems.Select(Line).ShouldBeEmpty();
        return new Entity(document.Entity.ShouldNotBeNull().Body);
    }

    /// <summary>Everything that is said of a text, a line each.</summary>
    public async Task<IReadOnlyList<string>> Complaints(string text) =>
        [.. (await Of(text)).Documents.SelectMany(document => document.Problems.Select(Line).Concat(document.Warnings.Select(warning => "warning " + Line(warning))))];

    public static string Line(EntityProblem problem) => $"{problem.Document}:{problem.Line} {(problem.Field.Length == 0 ? "" : problem.Field + " ")}{problem.Message}";

    private Task<ReadOnlyMemory<byte>> ReadBeside(string target, CancellationToken cancellationToken) =>
        Folder is not null && File.Exists(Path.Combine(Folder, target)) ? Task.FromResult<ReadOnlyMemory<byte>>(File.ReadAllBytes(Path.Combine(Folder, target)))
        : Beside.TryGetValue(target, out var content)
            ? Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(content))
            : throw new FileNotFoundException($"There is no file {target} beside it.");

    private sealed class Everything : IAllowedKinds
    {
        public bool Allows(string kind, string? type) => true;
    }
}
