using System.Net.Sockets;
using Npgsql;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Postgres;

/// <summary>Says in words what PostgreSQL and the way to it report, and tells what passes from what does not.</summary>
internal static class PostgresFaults
{
    public static Exception Translate(Exception exception, PostgresServer server) => exception switch
    {
        PostgresException fault => Translate(fault, server),
        NpgsqlException { InnerException: TimeoutException } fault when fault.Message.Contains("pool", StringComparison.OrdinalIgnoreCase) =>
            new DatabaseUnavailableException($"All {server.PoolSize} connections to PostgreSQL at {server.Name} are in use. Try again in a moment.", fault),
        NpgsqlException { InnerException: TimeoutException } fault => new DatabaseUnavailableException($"PostgreSQL at {server.Name} took too long to answer.", fault),
        NpgsqlException { InnerException: SocketException socket } fault => new DatabaseUnavailableException(
            $"PostgreSQL at {server.Name} cannot be reached ({socket.SocketErrorCode}). Is it running, and is the address right?", fault),
        NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } fault => new DatabaseUnusableException(
            $"PostgreSQL at {server.Name}: the encrypted connection was not trusted. Check SSL Mode and Root Certificate in the connection string.", fault),
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: IOException } => new DatabaseUnavailableException(
            $"The connection to PostgreSQL at {server.Name} was lost.", exception),
        SocketException socket => new DatabaseUnavailableException($"PostgreSQL at {server.Name} cannot be reached ({socket.SocketErrorCode}). Is it running, and is the address right?", exception),
        TimeoutException => new DatabaseUnavailableException($"PostgreSQL at {server.Name} took too long to answer.", exception),
        _ => exception,
    };

    private static Exception Translate(PostgresException fault, PostgresServer server) => fault.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new DatabaseUnavailableException(
            $"The disk of PostgreSQL at {server.Name} is full. Nothing was changed. Make room on it; the portal goes on by itself.", fault),
        PostgresErrorCodes.TooManyConnections => new DatabaseUnavailableException(
            $"PostgreSQL at {server.Name} takes no more connections. Raise its max_connections, or lower Maximum Pool Size (now {server.PoolSize}) in the connection string.", fault),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or "57P05" =>
            new DatabaseUnavailableException($"PostgreSQL at {server.Name} is shutting down, starting, or ended the connection.", fault),
        PostgresErrorCodes.ReadOnlySqlTransaction => new DatabaseUnavailableException(
            $"PostgreSQL at {server.Name} is read-only at the moment: a standby, or about to fail over.", fault),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new DatabaseUnusableException(
            $"PostgreSQL at {server.Name} refuses the user '{server.User}'. Check the user's name and password in the connection string.", fault),
        PostgresErrorCodes.InvalidCatalogName => new DatabaseUnusableException(
            $"PostgreSQL at {server.Name}: there is no such database. Create it (createdb), owned by the user '{server.User}'.", fault),
        PostgresErrorCodes.IndeterminateDatatype => new InvalidOperationException(
            $"{fault.MessageText}: nothing in the statement tells the type of a text parameter. Write cast(@name as text).", fault),
        { } state when state.StartsWith("08", StringComparison.Ordinal) => new DatabaseUnavailableException(
            $"The connection to PostgreSQL at {server.Name} was lost.", fault),
        _ => fault,
    };
}
