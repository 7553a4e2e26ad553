using Microsoft.Extensions.Logging;
using Stagedoor.Data.Postgres;
using Stagedoor.Data.Sqlite;

namespace Stagedoor.Data;

/// <summary>Where the data lies: in PostgreSQL when a connection string is given, else in one SQLite file.</summary>
public sealed record DatabaseSettings
{
    /// <summary>An Npgsql connection string, such as <c>Host=db;Database=stagedoor;Username=portal;Password=…</c>.</summary>
    public string? Postgres { get; init; }

    public required string SqliteFile { get; init; }

    /// <summary>The most connections to PostgreSQL, unless the connection string says so itself.</summary>
    public int MaxConnections { get; init; } = 50;

    // A record prints its properties, and this one holds a password.
    public override string ToString() => Postgres is null ? $"SQLite file {SqliteFile}" : "PostgreSQL";
}

/// <summary>Opens the portal's database.</summary>
public static class Databases
{
    /// <summary>
    /// SQLite is opened here and now, so a file or directory that cannot serve is refused with a sentence. PostgreSQL is
    /// connected when first used: <see cref="OpenDatabase.Reach"/> tells whether it answers.
    /// </summary>
    /// <exception cref="DatabaseUnusableException">The settings or the file cannot serve.</exception>
    public static OpenDatabase Open(DatabaseSettings settings, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(loggers);
        return settings.Postgres is null
            ? SqliteDatabase.Open(settings.SqliteFile, loggers.CreateLogger("Stagedoor.Data.Sqlite"))
            : PostgresDatabase.Open(settings.Postgres, settings.MaxConnections, loggers.CreateLogger("Stagedoor.Data.Postgres"));
    }
}
