using System.Globalization;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;
using Stagedoor.DeadLetters.Store;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>Links from a message to logs, traces and the like, by the templates of the configuration.</summary>
internal sealed class MessageLinks(IOptions<DeadLettersOptions> options)
{
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    /// <summary>Those for which the message has all that they need.</summary>
    public IReadOnlyList<MessageLink> Of(DeadMessage message) =>
    [
        .. options.Value.Links
            .Where(link => link.Environment is null || string.Equals(link.Environment, message.Env, StringComparison.OrdinalIgnoreCase))
            .Select(link => (link.Title, Url: Fill(link.Url, message)))
            .Where(link => link.Url is not null)
            .Select(link => new MessageLink(link.Title, link.Url!)),
    ];

    private static string? Fill(string template, DeadMessage message)
    {
        var isComplete = true;
        var url = LinkTemplate.Placeholder().Replace(template, match =>
        {
            var value = match.Groups["name"].Value switch
            {
                "env" => message.Env,
                "service" => message.Service,
                "queue" => message.Queue,
                "messageId" => message.MessageId,
                "correlationId" => message.CorrelationId,
                "from" => Instant(message.DeadAt - Around),
                "to" => Instant(message.DeadAt + Around),
                _ => null,
            };
            isComplete &= !string.IsNullOrEmpty(value);

            // Whatever a message calls itself, it stays one value of the address.
            return Uri.EscapeDataString(value ?? "");
        });
        return isComplete ? url : null;
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

internal sealed record MessageLink(string Title, string Url);
