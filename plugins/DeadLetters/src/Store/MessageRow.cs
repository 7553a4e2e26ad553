using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters.Store;

/// <summary>A message on its way into <c>dead_letters_messages</c> and <c>dead_letters_contents</c>.</summary>
internal sealed record MessageRow(long Id, long ServiceId, long CauseId, int Occurrence, long? Lineage, NewMessage Message)
{
    private const string NoState = nameof(MessageState.Dead);

    // Without a conflict clause this is COPY on PostgreSQL.
    public static readonly BulkInsert<MessageRow> Messages = new(
        "dead_letters_messages",
        [
            BulkColumn<MessageRow>.Of("id", row => row.Id),
            BulkColumn<MessageRow>.Of("env", row => row.Message.Env),
            BulkColumn<MessageRow>.Of("broker", row => row.Message.Broker),
            BulkColumn<MessageRow>.Of("service_id", row => row.ServiceId),
            BulkColumn<MessageRow>.Of("cause_id", row => row.CauseId),
            BulkColumn<MessageRow>.Of("state", _ => NoState),
            BulkColumn<MessageRow>.Of("dead_at", row => row.Message.DeadAt),
            BulkColumn<MessageRow>.Of("received_at", row => row.Message.ReceivedAt),
            BulkColumn<MessageRow>.Of("queue", row => row.Message.Queue),
            BulkColumn<MessageRow>.Of("exchange", row => row.Message.Exchange),
            BulkColumn<MessageRow>.Of("routing_key", row => row.Message.RoutingKey),
            BulkColumn<MessageRow>.Of("message_id", row => row.Message.MessageId),
            BulkColumn<MessageRow>.Of("correlation_id", row => row.Message.CorrelationId),
            BulkColumn<MessageRow>.Of("order_key", row => row.Message.OrderKey),
            BulkColumn<MessageRow>.Of("type", row => row.Message.Type),
            BulkColumn<MessageRow>.Of("content_type", row => row.Message.ContentType),
            BulkColumn<MessageRow>.Of("error", row => row.Message.Error),
            BulkColumn<MessageRow>.Of("error_type", row => row.Message.ErrorType),
            BulkColumn<MessageRow>.Of("reason", row => row.Message.Reason),
            BulkColumn<MessageRow>.Of("deaths", row => row.Message.Deaths),
            BulkColumn<MessageRow>.Of("body_size", row => row.Message.Body.Length),
            BulkColumn<MessageRow>.Of("problem", row => row.Message.Problem),
            BulkColumn<MessageRow>.Of("identity", row => row.Message.Identity.Hash),
            BulkColumn<MessageRow>.Of("occurrence", row => row.Occurrence),
            BulkColumn<MessageRow>.Of("copies", _ => 1),
            BulkColumn<MessageRow>.Of("session", row => row.Message.Reception?.Session),
            BulkColumn<MessageRow>.Of("tag", row => row.Message.Reception?.Tag),
            BulkColumn<MessageRow>.Of("lineage", row => row.Lineage),
            BulkColumn<MessageRow>.Of("redelivery", row => row.Message.Redelivery),
            BulkColumn<MessageRow>.Of("version", _ => 1),
            BulkColumn<MessageRow>.Of("state_at", row => row.Message.ReceivedAt),
        ]);

    public static readonly BulkInsert<MessageRow> Contents = new(
        "dead_letters_contents",
        [
            BulkColumn<MessageRow>.Of("message_id", row => row.Id),
            BulkColumn<MessageRow>.Of("properties", row => row.Message.Properties),
            BulkColumn<MessageRow>.Of("headers", row => row.Message.Headers),
            BulkColumn<MessageRow>.Of("routing_keys", row => row.Message.RoutingKeys),
            BulkColumn<MessageRow>.Of("body", row => row.Message.Body),
        ]);
}
