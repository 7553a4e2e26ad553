using System.Text.Json;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Bodies.Avro;
using Stagedoor.DeadLetters.Bodies.Protobuf;
using Stagedoor.DeadLetters.Configuration;

namespace Stagedoor.DeadLetters.Bodies;

/// <summary>A body that is not what its schema says.</summary>
internal sealed class BodyFormatException(string message) : Exception(message);

/// <summary>Decodes a body that does not describe itself, to JSON.</summary>
internal sealed record BodySchema(string Name, Func<byte[], JsonElement> Decode);

/// <summary>Which messages have which schema, read from files when the portal starts.</summary>
internal sealed class BodySchemas
{
    private readonly List<(SchemaRule Rule, BodySchema Schema)> _rules = [];

    /// <exception cref="InvalidOperationException">A file or a message that the configuration names is not there or cannot be read.</exception>
    public BodySchemas(IOptions<DeadLettersOptions> options)
    {
        var schemas = options.Value.Schemas;
        var messages = schemas.Descriptors.Count == 0 ? null : DescriptorFiles.Read(schemas.Descriptors);
        for (var i = 0; i < schemas.Messages.Count; i++)
        {
            var rule = schemas.Messages[i];
            var place = FormattableString.Invariant($"dead-letters.schemas.messages[{i}]");
            _rules.Add((rule, rule.Protobuf is { } name ? Protobuf(name, messages, rule.Skip, place) : Avro(rule.Avro!, rule.Skip, place)));
        }
    }

    public BodySchema? Find(string routingKey, string? type, string? contentType) => _rules.FirstOrDefault(one =>
        (one.Rule.RoutingKey is null || TopicPattern.Fits(one.Rule.RoutingKey, routingKey))
        && (one.Rule.Type is null || string.Equals(one.Rule.Type, type, StringComparison.OrdinalIgnoreCase))
        && (one.Rule.ContentType is null || contentType?.StartsWith(one.Rule.ContentType, StringComparison.OrdinalIgnoreCase) == true)).Schema;

    private static BodySchema Protobuf(string name, IReadOnlyDictionary<string, Google.Protobuf.Reflection.MessageDescriptor>? messages, int skip, string place)
    {
        if (messages is null)
        {
            throw new InvalidOperationException($"{place}.protobuf names {name}, but dead-letters.schemas.descriptors names no file.");
        }

        return messages.TryGetValue(name, out var message)
            ? new BodySchema($"protobuf {name}", bytes => ProtobufReading.Read(Rest(bytes, skip), message))
            : throw new InvalidOperationException($"{place}.protobuf: no descriptor file has a message {name}. There are {string.Join(", ", messages.Keys.Order(StringComparer.Ordinal).Take(20))}.");
    }

    private static BodySchema Avro(string file, int skip, string place)
    {
        try
        {
            var schema = AvroSchema.Parse(File.ReadAllText(file));
            return new BodySchema($"Avro {schema.Name}", bytes => AvroReading.Read(Rest(bytes, skip), schema));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or BodyFormatException)
        {
            throw new InvalidOperationException($"{place}.avro: {file} cannot be read as an Avro schema: {unreadable.Message}", unreadable);
        }
    }

    private static ReadOnlyMemory<byte> Rest(byte[] bytes, int skip) => skip <= bytes.Length
        ? bytes.AsMemory(skip)
        : throw new BodyFormatException(FormattableString.Invariant($"it is shorter than the {skip} bytes to be skipped."));
}
