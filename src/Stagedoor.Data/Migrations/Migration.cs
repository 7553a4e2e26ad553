using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Migrations;

/// <summary>One migration as it is for one dialect.</summary>
internal sealed record Migration(int Number, string File, string Text)
{
    /// <summary>Line ends and blanks at the ends of lines do not count: git and editors change them.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normal(Text))));

    public string Sql(Dialect dialect) => TypeWords.Replace(Text, dialect);

    private static string Normal(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();
}

/// <summary>Puts an owner's files in order, and refuses what breaks the rules of their names.</summary>
internal static partial class MigrationOrder
{
    /// <exception cref="InvalidMigrationException">A name or number breaks the rules.</exception>
    public static IReadOnlyList<Migration> Of(MigrationSet set, Dialect dialect)
    {
        var byNumber = new SortedDictionary<int, List<(Match Name, MigrationFile File)>>();
        foreach (var file in set.Files)
        {
            var name = FileName().Match(file.Name);
            if (!name.Success)
            {
                throw new InvalidMigrationException(
                    $"'{file.Name}' is not a name for a migration. Write 0001_what_it_does.sql, with .sqlite.sql or .postgres.sql at the end when the databases truly differ.");
            }

            var number = int.Parse(name.Groups["number"].Value, CultureInfo.InvariantCulture);
            if (!byNumber.TryGetValue(number, out var same))
            {
                byNumber[number] = same = [];
            }

            same.Add((name, file));
        }

        var migrations = byNumber.Select(entry => Choose(entry.Value, dialect)).ToList();
        RefuseGaps(migrations);
        return migrations;
    }

    private static Migration Choose(List<(Match Name, MigrationFile File)> same, Dialect dialect)
    {
        if (same.Select(found => found.Name.Groups["what"].Value).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new InvalidMigrationException($"{string.Join(" and ", same.Select(found => found.File.Name))} have the same number.");
        }

        var wanted = dialect == Dialect.Sqlite ? "sqlite" : "postgres";
        var own = same.FirstOrDefault(found => found.Name.Groups["dialect"].Value == wanted);
        var chosen = own.File is not null ? own : same.FirstOrDefault(found => !found.Name.Groups["dialect"].Success);
        return chosen.File is null
            ? throw new InvalidMigrationException($"{same[0].File.Name} has no counterpart for {wanted}. Add one, even if it only holds a comment.")
            : new Migration(int.Parse(chosen.Name.Groups["number"].Value, CultureInfo.InvariantCulture), chosen.File.Name, chosen.File.Text);
    }

    // The first two digits are a part of the owner, each with its own sequence: a plugin has one, 00; the host has several.
    private static void RefuseGaps(List<Migration> migrations)
    {
        foreach (var part in migrations.GroupBy(migration => migration.Number / 100))
        {
            var next = -1;
            foreach (var migration in part)
            {
                var step = migration.Number % 100;
                if (next < 0 ? step > 1 : step != next)
                {
                    throw new InvalidMigrationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{migration.File} leaves a gap: number {(part.Key * 100) + Math.Max(1, next):0000} is missing before it."));
                }

                next = step + 1;
            }
        }
    }

    [GeneratedRegex(@"^(?<number>\d{4})_(?<what>[a-z0-9][a-z0-9_-]*)(\.(?<dialect>sqlite|postgres))?\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}

/// <summary>A migration breaks the rules; the message says which.</summary>
internal sealed class InvalidMigrationException(string message) : Exception(message);
