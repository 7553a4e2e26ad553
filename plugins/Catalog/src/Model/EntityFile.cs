using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>
/// A file of entities on its way through the model: parsed, checked, completed, its relations derived. Nothing here
/// knows a database; the same answer for the same file, always.
/// </summary>
/// <param name="Target">The file's location reference, such as <c>url:https://…/catalog-info.yaml</c>.</param>
/// <param name="Origin">The location reference that led here from the beginning.</param>
/// <param name="ReadBeside">Reads what a placeholder names.</param>
internal sealed record EntityFile(
    string Target, string Origin, ReadOnlyMemory<byte> Content, IAllowedKinds Allowed, Func<string, CancellationToken, Task<ReadOnlyMemory<byte>>> ReadBeside)
{
    /// <summary>Relative to its repository or folder; nothing if it stands alone.</summary>
    public string? Path { get; init; }

    /// <summary>The reader, if it is not a catalog file.</summary>
    public IDescriptorReader? Reader { get; init; }
}

/// <summary>Which entities a place may declare (the rules of <c>catalog.rules</c> and of a location).</summary>
internal interface IAllowedKinds
{
    /// <param name="type">The entity's <c>spec.type</c>.</param>
    bool Allows(string kind, string? type);
}

/// <param name="Beside">The targets that placeholders named: when one of them changes, the file is read again.</param>
internal sealed record FileReading(IReadOnlyList<DocumentReading> Documents, IReadOnlyList<string> Beside);

/// <summary>One document of a file.</summary>
/// <param name="Document">Counted from 1.</param>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Ref">Whose it is, as far as that could be read.</param>
/// <param name="Hash">Changes when anything that goes into the entity changes: the document, its placeholders, the versions of kinds and processors.</param>
/// <param name="Entity">Nothing, if there are problems.</param>
internal sealed record DocumentReading(
    int Document, int Line, EntityRef? Ref, string Hash, ProcessedEntity? Entity, IReadOnlyList<EntityProblem> Problems)
{
    /// <summary>What a Location entity names, as written there: type (nothing if it is the file's own) and target.</summary>
    public IReadOnlyList<NamedTarget> Targets { get; init; } = [];

    /// <summary>What should be put right, but keeps nothing from being used.</summary>
    public IReadOnlyList<EntityProblem> Warnings { get; init; } = [];
}

internal sealed record NamedTarget(string? Type, string Target, bool Required)
{
    /// <summary>Where it stands, counted from 1.</summary>
    public int Line { get; init; }
}
