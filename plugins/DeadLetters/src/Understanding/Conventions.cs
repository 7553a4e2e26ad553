using System.Globalization;
using Stagedoor.DeadLetters.Headers;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>
/// The headers in which services say what went wrong, for the broker does not know. The portal's own, and those of MassTransit,
/// NServiceBus and Spring as they are.
/// </summary>
internal static class Conventions
{
    /// <summary>The headers of the portal's own convention; README.md tells what they mean.</summary>
    internal static class Own
    {
        public const string Error = "dl-error";
        public const string ErrorType = "dl-error-type";
        public const string Stack = "dl-stack";
        public const string Service = "dl-service";
        public const string Queue = "dl-queue";
        public const string Exchange = "dl-exchange";
        public const string RoutingKey = "dl-routing-key";
        public const string At = "dl-at";
        public const string Attempts = "dl-attempts";
    }

    /// <summary>What the portal writes into a message that it redelivers.</summary>
    internal static class Portal
    {
        public const string Lineage = "x-portal-lineage";
        public const string Forerunner = "x-portal-message";
        public const string Redelivery = "x-portal-redelivery";
        public const string By = "x-portal-by";
    }

    public static FailureReport? Read(IReadOnlyDictionary<string, object?> headers) =>
        ReadOwn(headers) ?? ReadMassTransit(headers) ?? ReadNServiceBus(headers) ?? ReadSpring(headers);

    private static FailureReport? ReadOwn(IReadOnlyDictionary<string, object?> headers) =>
        !Any(headers, Own.Error, Own.ErrorType, Own.Service) ? null : new FailureReport
        {
            Convention = "stagedoor",
            Error = Text(headers, Own.Error),
            ErrorType = Text(headers, Own.ErrorType),
            Stack = Text(headers, Own.Stack),
            Service = Text(headers, Own.Service),
            Queue = Text(headers, Own.Queue),
            Exchange = Text(headers, Own.Exchange),
            RoutingKey = Text(headers, Own.RoutingKey),
            At = Instants.Read(headers.GetValueOrDefault(Own.At)),
            Attempts = Number(headers, Own.Attempts),
        };

    // A message in <queue>_error or <queue>_skipped; the input address ends with the queue: rabbitmq://host/vhost/queue?…
    private static FailureReport? ReadMassTransit(IReadOnlyDictionary<string, object?> headers) =>
        !Any(headers, "MT-Fault-Message", "MT-Fault-ExceptionType", "MT-Reason") ? null : new FailureReport
        {
            Convention = "MassTransit",
            Error = Text(headers, "MT-Fault-Message") ?? (Text(headers, "MT-Reason") is { } reason ? $"{reason}: no consumer took the message" : null),
            ErrorType = Text(headers, "MT-Fault-ExceptionType"),
            Stack = Text(headers, "MT-Fault-StackTrace"),
            Queue = Text(headers, "MT-Fault-InputAddress") is { } address ? LastStep(address) : null,
            At = Instants.Read(headers.GetValueOrDefault("MT-Fault-Timestamp")),
            Attempts = Number(headers, "MT-Fault-RetryCount") is { } retries ? retries + 1 : null,
        };

    private static FailureReport? ReadNServiceBus(IReadOnlyDictionary<string, object?> headers) =>
        !Any(headers, "NServiceBus.ExceptionInfo.Message", "NServiceBus.ExceptionInfo.ExceptionType", "NServiceBus.FailedQ") ? null : new FailureReport
        {
            Convention = "NServiceBus",
            Error = Text(headers, "NServiceBus.ExceptionInfo.Message"),
            ErrorType = Text(headers, "NServiceBus.ExceptionInfo.ExceptionType"),
            Stack = Text(headers, "NServiceBus.ExceptionInfo.StackTrace"),
            Service = Text(headers, "NServiceBus.ProcessingEndpoint"),
            Queue = Text(headers, "NServiceBus.FailedQ"),
            At = Instants.Read(headers.GetValueOrDefault("NServiceBus.TimeOfFailure")),
        };

    private static FailureReport? ReadSpring(IReadOnlyDictionary<string, object?> headers)
    {
        if (!Any(headers, "x-exception-message", "x-exception-stacktrace"))
        {
            return null;
        }

        var stack = Text(headers, "x-exception-stacktrace");
        return new FailureReport
        {
            Convention = "Spring",
            Error = Text(headers, "x-exception-message"),
            ErrorType = JavaType(stack),
            Stack = stack,
            Exchange = Text(headers, "x-original-exchange"),
            RoutingKey = Text(headers, "x-original-routingKey"),
        };
    }

    private static bool Any(IReadOnlyDictionary<string, object?> headers, params IEnumerable<string> names) => names.Any(name => Text(headers, name) is not null);

    private static string? Text(IReadOnlyDictionary<string, object?> headers, string name) =>
        HeaderJson.Text(headers.GetValueOrDefault(name)) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static int? Number(IReadOnlyDictionary<string, object?> headers, string name) =>
        int.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue ? number : null;

    private static string LastStep(string address)
    {
        var end = address.IndexOf('?', StringComparison.Ordinal);
        var path = (end < 0 ? address : address[..end]).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    // A Java stack begins with the type, a colon and the message; the innermost cause is what matters, and stands last.
    private static string? JavaType(string? stack)
    {
        if (stack is null)
        {
            return null;
        }

        var at = stack.LastIndexOf("Caused by: ", StringComparison.Ordinal);
        var line = stack.AsSpan(at < 0 ? 0 : at + "Caused by: ".Length);
        var end = line.IndexOfAny(':', '\n', '\r');
        var type = (end < 0 ? line : line[..end]).Trim();
        return type.Length is > 0 and <= 300 && !type.ContainsAny(' ', '\t') && type.Contains('.') ? type.ToString() : null;
    }
}
