using Microsoft.Data.Sqlite;

namespace Stagedoor.Data.Sqlite;

/// <summary>The file with the data: opens connections to it, set up for its one writer or for readers.</summary>
internal sealed class SqliteFile
{
    private readonly string _connectionString;

    public SqliteFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    public string Path { get; }

    /// <summary>
    /// The writer waits for the disk on each commit (synchronous=FULL), so that neither a kill nor a power cut takes back
    /// what was reported as done. See docs/decisions/0003.
    /// </summary>
    public SqliteSession OpenWriter()
    {
        Prepare();
        var session = Open();
        try
        {
            var mode = session.Find<string>("pragma journal_mode = wal", [], CancellationToken.None);
            if (mode is not "wal")
            {
                throw new DatabaseUnusableException(
                    $"The file system of {Path} does not carry SQLite's write-ahead log (journal mode is '{mode}'). Keep the data on a local disk, or use PostgreSQL.");
            }

            session.Execute("pragma synchronous = full", [], CancellationToken.None);
            session.Execute("pragma journal_size_limit = 67108864", [], CancellationToken.None);
            return session;
        }
        catch (Exception exception)
        {
            session.Dispose();
            throw exception is SqliteException fault ? SqliteFaults.WhenOpening(fault, Path) : exception;
        }
    }

    public SqliteSession OpenReader()
    {
        var session = Open();
        try
        {
            session.Execute("pragma query_only = on", [], CancellationToken.None);
            return session;
        }
        catch (Exception exception)
        {
            session.Dispose();
            throw exception is SqliteException fault ? SqliteFaults.Translate(fault, Path) : exception;
        }
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();

            // SQLite's own knows the letters of ASCII only.
            connection.CreateFunction("lower", (string? text) => text?.ToLowerInvariant(), isDeterministic: true);
            var session = new SqliteSession(connection);
            session.Execute("pragma busy_timeout = 5000", [], CancellationToken.None);
            session.Execute("pragma temp_store = memory", [], CancellationToken.None);
            session.Execute("pragma cache_size = -8000", [], CancellationToken.None);
            return session;
        }
        catch (SqliteException fault)
        {
            connection.Dispose();
            throw SqliteFaults.WhenOpening(fault, Path);
        }
    }

    private void Prepare()
    {
        var directory = System.IO.Path.GetDirectoryName(Path)!;
        try
        {
            Directory.CreateDirectory(directory);
            var probe = System.IO.Path.Combine(directory, $".write-{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException(
                $"The data directory {directory} cannot be written by the user {Environment.UserName}: {exception.Message} "
                + "Make it writable, or choose another one with --data DIR.",
                exception);
        }
    }
}
