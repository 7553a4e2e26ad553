using System.Security.Cryptography;
using System.Text;
using Stagedoor.DeadLetters.Headers;
using Stagedoor.DeadLetters.Store;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>
/// What makes two arrivals one death. A broker hands over again what was not acknowledged, the same to the byte; another death of
/// the same message differs in its history, and a message that the portal redelivered in the number of redeliveries.
/// </summary>
internal static class Identities
{
    /// <summary>What the broker counts at each delivery.</summary>
    private static readonly HashSet<string> OfDelivery = new(StringComparer.Ordinal) { "x-delivery-count", "x-acquired-count" };

    public static Identity Of(Arrival arrival, string headersJson)
    {
        var headers = arrival.Headers.Keys.Any(OfDelivery.Contains)
            ? HeaderJson.Write(arrival.Headers.Where(header => !OfDelivery.Contains(header.Key)))
            : headersJson;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, arrival.Env);
        Add(hash, arrival.Broker);
        Add(hash, arrival.Exchange);
        Add(hash, arrival.RoutingKey);
        foreach (var key in arrival.RoutingKeys)
        {
            Add(hash, key);
        }

        Add(hash, arrival.Properties.ToJson());
        Add(hash, headers);
        Add(hash, arrival.Told?.ToString() ?? "");
        hash.AppendData(arrival.Body);
        var digest = hash.GetHashAndReset();

        // Two different ids that are no text are read alike, so such an id names nothing.
        var isNamed = !string.IsNullOrEmpty(arrival.Properties.MessageId) && !IsDamaged(arrival.Properties.MessageId);
        return new Identity(new Guid(digest.AsSpan(0, 16), bigEndian: true), isNamed, arrival.MayBeAgain);
    }

    public static bool IsDamaged(string? text) => text is not null && text.Contains('\uFFFD', StringComparison.Ordinal);

    private static void Add(IncrementalHash hash, string text)
    {
        // The length first, so that no two lists of texts are one text.
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
