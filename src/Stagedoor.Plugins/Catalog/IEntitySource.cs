using System.Text.Json;

namespace Stagedoor.Plugins;

/// <summary>
/// Feeds the catalog from somewhere that is not a file: a directory service, an inventory, another plugin's own
/// knowledge. Registered by <see cref="PluginBuilder.EntitySource{TSource}"/>; its id is the plugin's id and the type's name.
/// </summary>
public interface IEntitySource
{
    /// <summary>
    /// Tells all the entities there are. What it told the last time and not now is deleted, unless that would be an
    /// implausible share, which is held back for a person to confirm. Throwing changes nothing: what it told stays.
    /// </summary>
    IAsyncEnumerable<DeclaredEntity> Read(CancellationToken cancellationToken);
}

/// <summary>An entity as a source tells it: the root object with apiVersion, kind, metadata and spec.</summary>
/// <param name="Place">Where it comes from, as a location reference such as <c>url:https://…</c>. Shown, and compared: two sources that give one place for one entity do not conflict.</param>
public sealed record DeclaredEntity(JsonElement Json, string Place)
{
    public string? Commit { get; init; }

    public string? Author { get; init; }
}

/// <summary>
/// Adds to an entity while it is processed: annotations, labels, tags, relations, complaints. A pure function of the
/// entity: it is called again only when the entity's declaration has changed. Registered by <see cref="PluginBuilder.Processor{TProcessor}"/>.
/// </summary>
public interface IEntityProcessor
{
    /// <summary>Counts up when the processor's answers change, so that what was processed before is processed again.</summary>
    int Version { get; }

    ValueTask Process(EntityProcessing entity, CancellationToken cancellationToken);
}

/// <summary>An entity while it is processed.</summary>
public abstract class EntityProcessing
{
    public abstract Entity Entity { get; }

    /// <summary>The place it comes from, such as <c>url:https://…</c>.</summary>
    public abstract string Place { get; }

    /// <summary>Adds an annotation, unless the entity has it.</summary>
    public abstract void Annotate(string key, string value);

    /// <summary>Adds a label, unless the entity has it.</summary>
    public abstract void Label(string key, string value);

    public abstract void Tag(string tag);

    /// <summary>Adds a relation from this entity, and its inverse.</summary>
    public abstract void Relate(string type, string inverse, EntityRef target);

    /// <summary>Refuses the entity: its last good version stays served, with this message.</summary>
    public abstract void Refuse(string path, string message);
}

/// <summary>
/// Reads entities out of files that are not catalog files, such as the descriptors of a company's own tools.
/// Registered by <see cref="PluginBuilder.DescriptorReader{TReader}"/>.
/// </summary>
public interface IDescriptorReader
{
    /// <summary>The files it reads, as glob patterns relative to a repository or folder: <c>**/shuttle.yaml</c>.</summary>
    IReadOnlyList<string> Patterns { get; }

    /// <summary>Counts up when the reader's answers change.</summary>
    int Version { get; }

    DescriptorReading Read(DescriptorFile file);
}

/// <summary>A file to be read.</summary>
/// <param name="Path">Relative to its repository or folder.</param>
/// <param name="Place">Its location reference, such as <c>url:https://…</c> or <c>file:/srv/…</c>.</param>
public sealed record DescriptorFile(string Path, string Place, ReadOnlyMemory<byte> Content);

/// <summary>What a reader found in a file: entities, and what was wrong.</summary>
public sealed record DescriptorReading(IReadOnlyList<JsonElement> Entities, IReadOnlyList<DescriptorProblem> Problems);

/// <param name="Line">Counted from 1; 0 if it is about the whole file.</param>
public sealed record DescriptorProblem(int Line, string Message);
