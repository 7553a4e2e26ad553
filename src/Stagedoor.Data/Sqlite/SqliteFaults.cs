using Microsoft.Data.Sqlite;
using SQLitePCL;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Sqlite;

/// <summary>Says in words what SQLite reports in numbers.</summary>
internal static class SqliteFaults
{
    public static Exception WhenOpening(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => new DatabaseUnusableException(
            $"{path} is not a SQLite database. Move it away to start with an empty one, or restore the right file.", fault),
        raw.SQLITE_CORRUPT => Corrupt(fault, path),
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new DatabaseUnusableException(
            $"The database {path} cannot be opened for writing by the user {Environment.UserName}. "
            + "Make the file, the files beside it that begin with its name, and their directory writable, or choose another directory with --data DIR.",
            fault),
        raw.SQLITE_FULL => Full(fault, path),
        _ => new DatabaseUnavailableException($"The database {path} cannot be opened: {fault.Message}", fault),
    };

    public static Exception Translate(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(fault, path),
        raw.SQLITE_IOERR => new DatabaseUnavailableException($"The disk that holds {path} reports an error: {fault.Message} Nothing was changed.", fault),
        raw.SQLITE_CANTOPEN => new DatabaseUnavailableException($"The database {path} cannot be opened at the moment: {fault.Message}", fault),
        raw.SQLITE_BUSY => new DatabaseUnavailableException(
            $"Another process holds the database {path}. Only one portal can work on a SQLite file; stop the other one, or use PostgreSQL.", fault),
        raw.SQLITE_CORRUPT => Corrupt(fault, path),
        raw.SQLITE_READONLY => new InvalidOperationException("Query, Find and Stream only read. Write with Execute or in a Transaction.", fault),
        _ => fault,
    };

    private static DatabaseUnavailableException Full(SqliteException fault, string path) => new(
        $"The disk that holds {path} is full. Nothing was changed. Make room on it; the portal goes on by itself.", fault);

    private static DatabaseUnusableException Corrupt(SqliteException fault, string path) => new(
        $"The database {path} is damaged. Stop the portal, and restore the file from a backup (or try sqlite3's .recover).", fault);
}
