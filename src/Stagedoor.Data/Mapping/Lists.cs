using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Mapping;

/// <summary>
/// Lets <c>in @ids</c> take a list on both databases. The text stays the same however long the list is, so that
/// prepared statements and plans are found again, and there is no limit to its length.
/// </summary>
internal sealed partial class Lists(Dialect dialect)
{
    private readonly ConcurrentDictionary<(string Sql, string Name), string> _known = new();

    public string Rewrite(string sql, IReadOnlyList<Argument> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.List is not null)
            {
                // Statements are written in code, so there are few; text built at run time must not pile up here.
                sql = _known.Count < 2_000
                    ? _known.GetOrAdd((sql, argument.Name), static (key, dialect) => Rewrite(key.Sql, key.Name, dialect), dialect)
                    : Rewrite(sql, argument.Name, dialect);
            }
        }

        return sql;
    }

    private static string Rewrite(string sql, string name, Dialect dialect) => InList().Replace(
        sql,
        match => !string.Equals(match.Groups["name"].Value, name, StringComparison.OrdinalIgnoreCase) ? match.Value
            : (dialect, match.Groups["not"].Success) switch
            {
                (Dialect.Sqlite, false) => $"in (select value from json_each(@{name}))",
                (Dialect.Sqlite, true) => $"not in (select value from json_each(@{name}))",
                (_, false) => $"= any(@{name})",
                (_, true) => $"<> all(@{name})",
            });

    [GeneratedRegex(@"\b(?<not>not\s+)?in\s+@(?<name>\w+)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InList();
}
