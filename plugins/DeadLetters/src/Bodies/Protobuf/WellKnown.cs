using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Stagedoor.DeadLetters.Bodies.Protobuf;

/// <summary>Messages of Google's own that have a form of their own in JSON: instants, durations, wrapped values.</summary>
internal static class WellKnown
{
    public static bool TryWrite(Utf8JsonWriter writer, MessageDescriptor type, ByteString data)
    {
        IMessage? message = type.FullName switch
        {
            "google.protobuf.Timestamp" => Timestamp.Parser.ParseFrom(data),
            "google.protobuf.Duration" => Duration.Parser.ParseFrom(data),
            "google.protobuf.StringValue" => StringValue.Parser.ParseFrom(data),
            "google.protobuf.BoolValue" => BoolValue.Parser.ParseFrom(data),
            "google.protobuf.Int32Value" => Int32Value.Parser.ParseFrom(data),
            "google.protobuf.Int64Value" => Int64Value.Parser.ParseFrom(data),
            "google.protobuf.DoubleValue" => DoubleValue.Parser.ParseFrom(data),
            "google.protobuf.Struct" => Struct.Parser.ParseFrom(data),
            _ => null,
        };
        if (message is null)
        {
            return false;
        }

        try
        {
            writer.WriteRawValue(JsonFormatter.Default.Format(message));
            return true;
        }
        catch (InvalidOperationException)
        {
            // An instant outside of what JSON can say is shown by its fields.
            return false;
        }
    }
}
