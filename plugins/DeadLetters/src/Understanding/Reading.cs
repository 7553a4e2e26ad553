using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Store;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Understands a dead letter: where it died, of what, whose it is. Whatever it cannot make out, it keeps all the same.</summary>
internal sealed class Reading(ServiceNaming naming, Owners owners, IOptions<DeadLettersOptions> options)
{
    private const string Unreadable = "The headers could not be read; the message is kept without them.";

    public async ValueTask<NewMessage> Understand(Arrival arrival, CancellationToken cancellationToken)
    {
        string? problem = null;
        string headers;
        var known = arrival.Headers;
        try
        {
            headers = HeaderJson.Write(arrival.Headers);
        }
        catch (Exception odd) when (odd is InvalidOperationException or ArgumentException)
        {
            (headers, known, problem) = ("{}", new Dictionary<string, object?>(StringComparer.Ordinal), $"{Unreadable} {odd.Message}");
        }

        var deaths = Deaths.Read(known);
        var report = Conventions.Read(known);
        var told = arrival.Told;
        var last = deaths.Last;

        // Who failed knows best; the broker knows where it was; the key says something where there is nothing else.
        var queue = Name(told?.Queue ?? report?.Queue ?? last?.Queue) ?? "";
        var exchange = Name(told?.Exchange ?? report?.Exchange ?? last?.Exchange) ?? (last is null ? Name(arrival.Exchange) : null) ?? "";
        var key = Name(told?.RoutingKey ?? report?.RoutingKey ?? (last is { RoutingKeys: [var first, ..] } ? first : null)) ?? Name(arrival.RoutingKey) ?? "";
        var env = arrival.Env;
        var service = Name(told?.Service ?? report?.Service) ?? Name(naming.ServiceOf(env, queue)) ?? "";
        var error = CleanText.OrNothing(told?.Error ?? report?.Error, CleanText.Error);
        var type = CleanText.OrNothing(told?.ErrorType ?? report?.ErrorType, CleanText.Name);
        var reason = Name(last?.Reason) ?? (error is null && type is null ? "unknown" : "failed");
        return new NewMessage
        {
            Env = env,
            Broker = arrival.Broker,
            Service = service,
            Squad = await owners.OwnerOf(service, cancellationToken),
            Identity = Identities.Of(arrival, headers),
            Reception = arrival.Reception,
            Fingerprint = Fingerprint.Of(error, type, reason, service),
            DeadAt = Instants.Plausible(told?.At ?? report?.At ?? DeathTime(last), arrival.ReceivedAt),
            ReceivedAt = arrival.ReceivedAt,
            Queue = queue,
            Exchange = exchange,
            RoutingKey = key,
            MessageId = Name(arrival.Properties.MessageId),
            CorrelationId = Name(arrival.Properties.CorrelationId),
            OrderKey = options.Value.OrderKeyHeader is { } header ? Name(HeaderJson.Text(known.GetValueOrDefault(header))) : null,
            Type = Name(arrival.Properties.Type),
            ContentType = Name(arrival.Properties.ContentType),
            Error = error,
            ErrorType = type,
            Reason = reason,
            Deaths = (int)Math.Clamp(Math.Max(deaths.Count, report?.Attempts ?? 0), 1, int.MaxValue),
            Problem = problem ?? deaths.Problem ?? Damage(arrival.Properties),
            Lineage = Id(known, Conventions.Portal.Lineage),
            Forerunner = Id(known, Conventions.Portal.Forerunner),
            Redelivery = (int)Math.Min(Id(known, Conventions.Portal.Redelivery) ?? 0, 1_000_000),
            Properties = arrival.Properties.ToJson().Replace("\0", "", StringComparison.Ordinal),
            Headers = headers,
            RoutingKeys = JsonSerializer.Serialize(arrival.RoutingKeys),
            Body = arrival.Body,
        };
    }

    private static string? Name(string? text) => CleanText.OrNothing(text, CleanText.Name);

    // A broker counts deaths of one queue and reason together and keeps the time of the first.
    private static DateTimeOffset? DeathTime(Death? last) => last is null ? null : last.LastAt ?? (last.Count <= 1 ? last.FirstAt : null);

    // The client decodes short texts as UTF-8; what was none is lost there.
    private static string? Damage(MessageProperties properties) =>
        Identities.IsDamaged(properties.MessageId) || Identities.IsDamaged(properties.CorrelationId)
            ? "An id of this message is no text. It is shown as far as it is one, and a redelivery would not carry the same bytes."
            : null;

    private static long? Id(IReadOnlyDictionary<string, object?> headers, string name) =>
        long.TryParse(HeaderJson.Text(headers.GetValueOrDefault(name)), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
