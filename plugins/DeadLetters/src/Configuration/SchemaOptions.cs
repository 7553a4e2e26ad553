using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.DeadLetters.Configuration;

/// <summary>How bodies that do not describe themselves are read.</summary>
internal sealed class SchemaOptions
{
    [Description("Files of protobuf descriptors, made by: protoc --include_imports --descriptor_set_out=FILE.")]
    public IReadOnlyList<string> Descriptors { get; set; } = [];

    [Description("Which messages have which type.")]
    public IReadOnlyList<SchemaRule> Messages { get; set; } = [];
}

/// <summary>Which messages have which type.</summary>
internal sealed class SchemaRule : IValidatableObject
{
    [Description("A pattern of the routing key, such as payments.*.v1 or payments.#.")]
    public string? RoutingKey { get; set; }

    [Description("The type property of the message.")]
    public string? Type { get; set; }

    [Description("Its content type.")]
    public string? ContentType { get; set; }

    [Description("The protobuf message in its body: acme.payments.v1.Transfer.")]
    public string? Protobuf { get; set; }

    [Description("A file (.avsc) with the Avro schema of its body.")]
    public string? Avro { get; set; }

    [Description("Bytes before the body proper; 5 where a schema registry's client wrote it.")]
    [Range(0, 64)]
    public int Skip { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RoutingKey is null && Type is null && ContentType is null)
        {
            yield return new ValidationResult("A rule says for which messages it is: by routingKey, type or contentType.", [nameof(RoutingKey)]);
        }

        if (Protobuf is null == Avro is null)
        {
            yield return new ValidationResult("A rule names either a protobuf message or a file with an Avro schema.", [nameof(Protobuf)]);
        }
    }
}
