namespace Stagedoor.DeadLetters.Store;

/// <summary>The conditions of a query as SQL, but for those that lead to the messages: only those that are asked for, so that a planner sees which index helps. Values are parameters.</summary>
internal sealed class MessageFilter
{
    private readonly List<string> _clauses = [];
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public MessageFilter(MessageQuery query)
    {
        Value("env", query.Env);
        Equal("m.queue", "queue", query.Queue);
        Equal("m.routing_key", "routingKey", query.RoutingKey);
        Equal("m.message_id", "messageId", query.MessageId);
        Equal("m.correlation_id", "correlationId", query.CorrelationId);
        Equal("m.reason", "reason", query.Reason);
        Compare("m.cause_id = @cause", "cause", query.Cause);
        Compare("m.dead_at >= @from", "from", query.From);
        Compare("m.dead_at < @until", "until", query.Until);
        Compare("m.id <= @upTo", "upTo", query.UpTo);
        Contains("error", query.Error, "m.error", "m.error_type");
        Contains("text", query.Text, "m.error", "m.error_type", "m.message_id", "m.correlation_id", "m.queue", "m.routing_key", "m.exchange", "m.type");
    }

    public IReadOnlyDictionary<string, object?> Values => _values;

    public string Where(string branch) => string.Join(" and ", _clauses.Prepend(branch));

    public void Clause(string clause) => _clauses.Add(clause);

    public void Value(string name, object? value) => _values[name] = value;

    private void Equal(string column, string name, string? value)
    {
        if (value is not null)
        {
            Compare($"{column} = @{name}", name, value);
        }
    }

    private void Compare(string clause, string name, object? value)
    {
        if (value is not null)
        {
            Clause(clause);
            Value(name, value);
        }
    }

    private void Contains(string name, string? part, params IEnumerable<string> columns)
    {
        if (string.IsNullOrEmpty(part))
        {
            return;
        }

        Clause($"({string.Join(" or ", columns.Select(column => $@"lower({column}) like @{name} escape '\'"))})");
        var escaped = part.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
        Value(name, $"%{escaped.ToLowerInvariant()}%");
    }
}
