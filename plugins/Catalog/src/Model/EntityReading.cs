using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stagedoor.Catalog.Model.Checks;
using Stagedoor.Catalog.Model.Completion;
using Stagedoor.Catalog.Model.Documents;
using Stagedoor.Catalog.Model.Kinds;
using Stagedoor.Catalog.Model.Placeholders;
using Stagedoor.Plugins;

namespace Stagedoor.Catalog.Model;

/// <summary>Takes the documents of one file through the model, one after the other.</summary>
internal sealed class EntityReading : IDisposable
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly EntityFile _file;
    private readonly KnownKinds _kinds;
    private readonly IReadOnlyList<IEntityProcessor> _processors;
    private readonly byte[] _fingerprint;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly LocationNotes _notes;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly List<string> _beside = [];
    private readonly Dictionary<EntityRef, (int Document, int Line)> _seen = [];

    public EntityReading(EntityFile file, KnownKinds kinds, IReadOnlyList<IEntityProcessor> processors, string fingerprint)
    {
        _file = file;
        _kinds = kinds;
        _processors = processors;
        _fingerprint = Encoding.UTF8.GetBytes(fingerprint);
        _notes = LocationNotes.For(file.Target, file.Origin);
        _writer = new Utf8JsonWriter(_buffer, Compact);
    }

    public IReadOnlyList<string> Beside => _beside;

    public async ValueTask<DocumentReading> Read(Document document, CancellationToken cancellationToken)
    {
        var complaints = new Complaints(document.Number);
        foreach (var fault in document.Faults)
        {
            complaints.Refuse(fault);
        }

        var envelope = document.Root is { } root ? Envelope.Read(root, complaints) : null;
        if (envelope is null)
        {
            return Failed(document, complaints, document.Text);
        }

        complaints.Entity = envelope.Ref;
        if (envelope.Ref is { } entity && !_seen.TryAdd(entity, (document.Number, document.Line)))
        {
            var (number, line) = _seen[entity];
            complaints.Refuse(document.Line, "metadata.name", $"makes this {entity}, as document {number} in line {line} does; names that differ only by case are the same. The first one counts");
        }

        var isWhole = true;
        if (document.HasPlaceholders)
        {
            var placeholders = new PlaceholderReading(_file, complaints, _beside);
            var resolved = (MapNode)await placeholders.Resolve(envelope.Root, "", cancellationToken);
            envelope = envelope with { Root = resolved, Metadata = resolved.Find("metadata") as MapNode ?? envelope.Metadata, Spec = resolved.Find("spec") };
            isWhole = !placeholders.HasFailed;
            if (resolved.Depth() > DocumentLimits.MaxDepth)
            {
                complaints.Refuse(document.Line, "", $"With what its placeholders name this is nested more than {DocumentLimits.MaxDepth} levels deep.");
                return Failed(document, complaints, "");
            }
        }

        MetadataRules.Check(envelope.Metadata, complaints);
        var kind = KindRules.Find(envelope, _kinds, complaints);
        if (kind is not null && !_file.Allowed.Allows(kind.Kind.Name, envelope.Type))
        {
            complaints.Refuse(envelope.Root.Find("kind")!.Line, "kind", NotAllowed(envelope));
        }

        var body = Write(envelope, null);
        if (kind is not null && isWhole)
        {
            KindRules.Check(envelope, kind, body, complaints);
        }

        WarnOfScripts(envelope, complaints);
        var relations = kind is null ? [] : Relations.Of(envelope, kind, complaints);
        if (kind is null || envelope.Ref is not { } self || complaints.HasProblems)
        {
            return Failed(document, complaints, Encoding.UTF8.GetString(body.Span));
        }

        if (_processors.Count > 0)
        {
            (body, relations) = await Process(envelope, body, relations, complaints, cancellationToken);
        }

        return new DocumentReading(
            document.Number,
            document.Line,
            self,
            Hash(complaints, body.Span),
            complaints.HasProblems ? null : new ProcessedEntity(self, body, relations),
            complaints.Problems)
        {
            Targets = !complaints.HasProblems && envelope.Kind == "Location" ? LocationTargets.Of(envelope) : [],
            Warnings = complaints.Warnings,
        };
    }

    public void Dispose()
    {
        _writer.Dispose();
        _hash.Dispose();
    }

    private DocumentReading Failed(Document document, Complaints complaints, string content) =>
        new(document.Number, document.Line, complaints.Entity, Hash(complaints, Encoding.UTF8.GetBytes(content)), null, complaints.Problems) { Warnings = complaints.Warnings };

    private string NotAllowed(Envelope envelope)
    {
        var allowed = _kinds.Model.Kinds.Select(kind => kind.Name).Where(name => _file.Allowed.Allows(name, null)).ToList();
        return $"is {envelope.Kind}{(envelope.Type is { } type ? $" of type '{Shown.Text(type)}'" : "")}, which this place may not declare; "
            + (allowed.Count == 0 ? "nothing is allowed here" : $"allowed here: {string.Join(", ", allowed)}")
            + ". The rules stand in catalog.rules and beside the location";
    }

    private static void WarnOfScripts(Envelope envelope, Complaints complaints)
    {
        foreach (var member in (envelope.Metadata.Find("annotations") as MapNode)?.Members ?? [])
        {
            if (LocationNotes.IsUnsafe(member.Key, member.Value))
            {
                complaints.Warn(member.Line, $"metadata.annotations.{member.Key}", $"runs a script, so it is replaced by {SafeAddress.Instead}");
            }
        }
    }

    private ReadOnlyMemory<byte> Write(Envelope envelope, EntityAdditions? added)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        EntityBody.Write(_writer, envelope, _notes, _kinds.RequiredSorts, added);
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private async ValueTask<(ReadOnlyMemory<byte> Body, IReadOnlyList<DerivedRelation> Relations)> Process(
        Envelope envelope, ReadOnlyMemory<byte> body, IReadOnlyList<DerivedRelation> relations, Complaints complaints, CancellationToken cancellationToken)
    {
        var added = new EntityAdditions();
        var entity = new Entity(body);
        foreach (var processor in _processors)
        {
            var name = processor.GetType().Name;
            try
            {
                await processor.Process(new Processing(entity, _file.Target, envelope.Root.Line, added, complaints, name), cancellationToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // A processor is a plugin's code: whatever it throws concerns this entity only.
                complaints.Refuse(envelope.Root.Line, "", $"The processor {name} failed: {failed.Message}");
            }
        }

        return (added.ChangeBody ? Write(envelope, added) : body, added.Relations.Count == 0 ? relations : Relations.Sorted([.. relations, .. added.Relations]));
    }

    private string Hash(Complaints complaints, ReadOnlySpan<byte> content)
    {
        _hash.AppendData(_fingerprint);
        foreach (var told in complaints.Problems.Concat(complaints.Warnings))
        {
            _hash.AppendData(Encoding.UTF8.GetBytes($"\n{told.Line} {told.Field} {told.Message}"));
        }

        _hash.AppendData("\0"u8);
        _hash.AppendData(content);
        return Convert.ToHexStringLower(_hash.GetHashAndReset().AsSpan(0, 16));
    }
}
