using System.Text.Json;
using System.Text.Json.Serialization;
using RabbitMQ.Client;

namespace Stagedoor.DeadLetters.Headers;

/// <summary>The properties of an AMQP message, without its headers.</summary>
internal sealed record MessageProperties
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public int? DeliveryMode { get; init; }

    public int? Priority { get; init; }

    public string? CorrelationId { get; init; }

    public string? ReplyTo { get; init; }

    public string? Expiration { get; init; }

    public string? MessageId { get; init; }

    /// <summary>Seconds, as on the wire.</summary>
    public long? Timestamp { get; init; }

    public string? Type { get; init; }

    public string? UserId { get; init; }

    public string? AppId { get; init; }

    public string? ClusterId { get; init; }

    public static MessageProperties Of(IReadOnlyBasicProperties properties) => new()
    {
        ContentType = properties.IsContentTypePresent() ? properties.ContentType : null,
        ContentEncoding = properties.IsContentEncodingPresent() ? properties.ContentEncoding : null,
        DeliveryMode = properties.IsDeliveryModePresent() ? (int)properties.DeliveryMode : null,
        Priority = properties.IsPriorityPresent() ? properties.Priority : null,
        CorrelationId = properties.IsCorrelationIdPresent() ? properties.CorrelationId : null,
        ReplyTo = properties.IsReplyToPresent() ? properties.ReplyTo : null,
        Expiration = properties.IsExpirationPresent() ? properties.Expiration : null,
        MessageId = properties.IsMessageIdPresent() ? properties.MessageId : null,
        Timestamp = properties.IsTimestampPresent() ? properties.Timestamp.UnixTime : null,
        Type = properties.IsTypePresent() ? properties.Type : null,
        UserId = properties.IsUserIdPresent() ? properties.UserId : null,
        AppId = properties.IsAppIdPresent() ? properties.AppId : null,
        ClusterId = properties.IsClusterIdPresent() ? properties.ClusterId : null,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static MessageProperties FromJson(string json) => JsonSerializer.Deserialize<MessageProperties>(json, Json)!;
}
