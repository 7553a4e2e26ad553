using System.Text.Json;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>Reads files of entities: bytes in, checked and completed entities and complaints out. The same answer for the same file, always.</summary>
internal sealed class EntityFiles
{
    /// <summary>Counts up when what is here answers differently for the same file.</summary>
    private const int Version = 1;

    private readonly IReadOnlyList<IEntityProcessor> _processors;

    public EntityFiles(KnownKinds kinds, IReadOnlyList<IEntityProcessor> processors)
    {
        Kinds = kinds;
        _processors = processors;
        Fingerprint = string.Join('|', processors.Select(processor => $"{processor.GetType().FullName}:{processor.Version}").Prepend($"{Version}:{kinds.Fingerprint}"));
    }

    public KnownKinds Kinds { get; }

    /// <summary>Changes when the same file may be read differently: kinds, fields or processors have changed.</summary>
    public string Fingerprint { get; }

    public async Task<FileReading> Read(EntityFile file, CancellationToken cancellationToken)
    {
        using var reading = new EntityReading(file, Kinds, _processors, Fingerprint);
        var documents = new List<DocumentReading>();
        foreach (var document in Documents(file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!document.IsEmpty)
            {
                documents.Add(await reading.Read(document, cancellationToken));
            }
        }

        return new FileReading(documents, reading.Beside);
    }

    /// <summary>An entity that is not in a file: a source of a plugin tells it.</summary>
    public async Task<DocumentReading> Read(DeclaredEntity declared, string origin, IAllowedKinds allowed, CancellationToken cancellationToken)
    {
        var file = new EntityFile(declared.Place, origin, ReadOnlyMemory<byte>.Empty, allowed, NothingBeside);
        using var reading = new EntityReading(file, Kinds, _processors, Fingerprint);
        return await reading.Read(JsonDocuments.Read(declared.Json) with { HasPlaceholders = false }, cancellationToken);
    }

    private static Task<ReadOnlyMemory<byte>> NothingBeside(string target, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("There is nothing beside an entity that is not in a file.");

    private static IEnumerable<Document> Documents(EntityFile file)
    {
        if (file.Reader is { } reader)
        {
            return DescriptorDocuments.Read(reader, file);
        }

        try
        {
            return Documents(FileText.Decode(file.Content.Span));
        }
        catch (BrokenDocumentException broken)
        {
            return [new Document(0, broken.Line, null, [new Fault(broken.Line, "", broken.Message)]) { Text = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(file.Content.Span)) }];
        }
    }

    /// <summary>JSON is nearly YAML, but indented by tabs it is not, and as JSON it is read faster.</summary>
    private static IEnumerable<Document> Documents(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return YamlDocuments.Read(text);
        }

        if (JsonDocuments.TryRead(text, out var fault) is { } json)
        {
            return [json];
        }

        var documents = YamlDocuments.Read(text).ToList();
        return documents.Count == 1 && documents[0].Root is null ? [new Document(1, 1, null, [fault]) { Text = text }] : documents;
    }
}
