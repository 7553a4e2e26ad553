using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Stagedoor.DeadLetters.Configuration;

namespace Stagedoor.DeadLetters.Understanding;

/// <summary>
/// The service behind a queue: by the rules of the configuration, otherwise the queue's name without the endings that tools give
/// their error queues.
/// </summary>
internal sealed class ServiceNaming(IOptions<DeadLettersOptions> options)
{
    private const int MostKnown = 50_000;
    private const string OfServer = "amq.gen-";

    private static readonly string[] Endings = ["_error", "_skipped", ".error", "-error", ".dlq", "-dlq", "_dlq", ".dead-letter", "-dead-letter", ".dead", ".retry", "-retry"];

    private readonly (Regex Pattern, NamingRule Rule)[] _rules = [.. options.Value.Naming.Select(rule => (rule.Pattern(), rule))];
    private readonly ConcurrentDictionary<(string Env, string Queue), string> _known = new();

    /// <summary>Empty if not even a queue is known.</summary>
    public string ServiceOf(string env, string queue)
    {
        if (_known.TryGetValue((env, queue), out var known))
        {
            return known;
        }

        var service = Find(env, queue);
        if (_known.Count < MostKnown)
        {
            _known.TryAdd((env, queue), service);
        }

        return service;
    }

    private string Find(string env, string queue)
    {
        foreach (var (pattern, rule) in _rules)
        {
            if ((rule.Environment is null || string.Equals(rule.Environment, env, StringComparison.OrdinalIgnoreCase)) && pattern.Match(queue) is { Success: true } match
                && (match.Groups["service"] is { Success: true, Length: > 0 } named ? named.Value : rule.Service) is { Length: > 0 } service)
            {
                return service;
            }
        }

        if (queue.StartsWith(OfServer, StringComparison.Ordinal))
        {
            // Each connection has another name; they would be a service each.
            return "";
        }

        var ending = Endings.FirstOrDefault(ending => queue.Length > ending.Length && queue.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? queue : queue[..^ending.Length];
    }
}
