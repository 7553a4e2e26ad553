namespace Stagedoor.Data.Migrations;

/// <summary>
/// Keeps an owner's migrations to its own tables and indexes. It is a fence against mistakes, not against malice: a
/// plugin runs with the portal's rights anyway.
/// </summary>
internal sealed class Ownership(MigrationSet set, IReadOnlyCollection<string> allPrefixes)
{
    private static readonly HashSet<string> Modifiers = new(StringComparer.OrdinalIgnoreCase)
    {
        "temp", "temporary", "unlogged", "unique", "virtual", "materialized", "or", "replace", "if", "not", "exists", "only", "ignore", "abort", "constraint",
    };

    private static readonly HashSet<string> Objects = new(StringComparer.OrdinalIgnoreCase)
    {
        "table", "index", "view", "sequence", "function", "trigger", "type",
    };

    public void Check(Statement statement)
    {
        var words = statement.Words;
        switch (words[0].ToUpperInvariant())
        {
            case "CREATE" or "ALTER" or "DROP":
                Definition(words, statement.Line);
                break;
            case "INSERT" or "DELETE":
                Own(words, Skip(words, 2), statement.Line);
                break;
            case "UPDATE":
                Own(words, Skip(words, 1), statement.Line);
                break;
            default:
                throw new InvalidMigrationException(
                    $"line {statement.Line} begins with '{words[0]}'. A migration creates, alters, drops and fills tables; it runs in a transaction of its own.");
        }
    }

    private static int Skip(IReadOnlyList<string> words, int at)
    {
        while (at < words.Count && Modifiers.Contains(words[at]))
        {
            at++;
        }

        return at;
    }

    private void Definition(IReadOnlyList<string> words, int line)
    {
        var at = Skip(words, 1);
        var kind = at < words.Count ? words[at] : "";
        if (kind.Equals("extension", StringComparison.OrdinalIgnoreCase) && words[0].Equals("create", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!Objects.Contains(kind))
        {
            throw new InvalidMigrationException($"line {line} does '{words[0]} {kind}', which is not a migration's business.");
        }

        at = Skip(words, at + 1);
        if (kind.Equals("index", StringComparison.OrdinalIgnoreCase) && at < words.Count && words[at].Equals("concurrently", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidMigrationException($"line {line} works on an index 'concurrently', which no transaction can. Leave the word out.");
        }

        Own(words, at, line);
        for (var i = at + 1; i < words.Count - 1; i++)
        {
            if (words[i].Equals("references", StringComparison.OrdinalIgnoreCase) || IsTarget(words, kind, i))
            {
                Own(words, Skip(words, i + 1), line);
            }
        }
    }

    // "create index … on table", "create trigger … on table", "alter table … rename to table"
    private static bool IsTarget(IReadOnlyList<string> words, string kind, int i) =>
        (words[i].Equals("on", StringComparison.OrdinalIgnoreCase) && i < 12
            && (kind.Equals("index", StringComparison.OrdinalIgnoreCase) || kind.Equals("trigger", StringComparison.OrdinalIgnoreCase))
            && words[0].Equals("create", StringComparison.OrdinalIgnoreCase))
        || (words[i].Equals("to", StringComparison.OrdinalIgnoreCase) && words[i - 1].Equals("rename", StringComparison.OrdinalIgnoreCase));

    private void Own(IReadOnlyList<string> words, int at, int line)
    {
        var name = at < words.Count ? words[at] : "";
        var owner = allPrefixes.Where(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).MaxBy(prefix => prefix.Length);
        if (!string.Equals(owner, set.Prefix, StringComparison.Ordinal) || (at + 1 < words.Count && words[at + 1] == "."))
        {
            throw new InvalidMigrationException(
                $"line {line} touches '{name}'. The tables and indexes of {set.OwnerId} have names that begin with {set.Prefix} and stand without a schema.");
        }
    }
}
