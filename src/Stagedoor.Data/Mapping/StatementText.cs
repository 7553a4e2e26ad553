using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Mapping;

/// <summary>
/// Makes two phrases mean the same on both databases: <c>in @list</c>, and <c>@text is null</c>. The text stays the same
/// however long the list is, so that prepared statements and plans are found again.
/// </summary>
internal sealed partial class StatementText(Dialect dialect)
{
    private const int MaxKnown = 2_000;
    private readonly ConcurrentDictionary<string, Spot[]> _known = new(StringComparer.Ordinal);

    public string For(string sql, IReadOnlyList<Argument> arguments)
    {
        if (arguments.Count == 0)
        {
            return sql;
        }

        // Statements are written in code, so there are few; text built at run time must not pile up here.
        var spots = _known.Count < MaxKnown ? _known.GetOrAdd(sql, Find) : Find(sql);
        return spots.Length == 0 ? sql : Replace(sql, spots, arguments);
    }

    private static Spot[] Find(string sql) =>
    [
        .. Phrases().Matches(sql).Select(match => new Spot(
            match.Index, match.Length, match.Groups["list"].Success ? match.Groups["list"].Value : match.Groups["text"].Value,
            match.Groups["list"].Success, match.Groups["not"].Success)),
    ];

    private string Replace(string sql, Spot[] spots, IReadOnlyList<Argument> arguments)
    {
        var text = new StringBuilder(sql.Length + (spots.Length * 32));
        var at = 0;
        foreach (var spot in spots)
        {
            var argument = arguments.FirstOrDefault(candidate => candidate.Name.Equals(spot.Name, StringComparison.OrdinalIgnoreCase));
            text.Append(sql, at, spot.Start - at).Append(Phrase(spot, argument) ?? sql.Substring(spot.Start, spot.Length));
            at = spot.Start + spot.Length;
        }

        return text.Append(sql, at, sql.Length - at).ToString();
    }

    private string? Phrase(Spot spot, Argument argument) => (spot.IsList, dialect, spot.IsNot) switch
    {
        (true, _, _) when argument.List is null => null,
        (true, Dialect.Sqlite, false) => $"in (select value from json_each(@{spot.Name}))",
        (true, Dialect.Sqlite, true) => $"not in (select value from json_each(@{spot.Name}))",
        (true, _, false) => $"= any(@{spot.Name})",
        (true, _, true) => $"<> all(@{spot.Name})",

        // Text travels to PostgreSQL without a type, and here nothing else would tell it.
        (false, Dialect.Postgres, _) when argument is { Kind: Kind.Text, List: null, Name: not null } => $"@{spot.Name}::text is ",
        _ => null,
    };

    [GeneratedRegex(@"\b(?<not>not\s+)?in\s+@(?<list>\w+)\b|@(?<text>\w+)\s+is\s+(?=(not\s+)?null\b)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phrases();

    private readonly record struct Spot(int Start, int Length, string Name, bool IsList, bool IsNot);
}
