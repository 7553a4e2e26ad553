namespace Stagedoor.Plugins;

/// <summary>
/// The portal's database: SQLite in one file, or PostgreSQL. Statements take <c>@name</c> parameters from the
/// properties of <c>args</c>; rows become records or classes by column name, underscores ignored.
/// Instants are <see cref="DateTimeOffset"/> in columns of type <c>{timestamp}</c>; see docs/database.md.
/// </summary>
public interface IDatabase
{
    Dialect Dialect { get; }

    /// <summary>Reads rows. Never write with it: on SQLite it runs on a connection that cannot.</summary>
    Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken);

    /// <summary>Reads rows one by one, for results too long to hold.</summary>
    IAsyncEnumerable<T> Stream<T>(Sql sql, object? args, CancellationToken cancellationToken);

    /// <summary>Reads the first row, or nothing.</summary>
    Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken);

    /// <summary>Writes, alone in its transaction, and tells how many rows changed.</summary>
    Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken);

    /// <summary>
    /// Writes several statements, and the reads between them, as one. On SQLite only one runs at a time, so do
    /// nothing slow inside: no HTTP, no waiting. It is not retried; an exception rolls it back.
    /// </summary>
    Task<T> Transaction<T>(Func<ITransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Tells every replica, this one included, that something happened; at most once, and lost while a replica is
    /// away. A listener must therefore also look for itself now and then. The payload is at most 7,000 bytes.
    /// </summary>
    Task Notify(string channel, string payload, CancellationToken cancellationToken);

    /// <summary>
    /// Calls <paramref name="heard"/> for every notice on a channel until disposed. After a lost connection is
    /// restored it is called once with <c>null</c>: something may have been missed.
    /// </summary>
    IDisposable Listen(string channel, Func<string?, CancellationToken, Task> heard);
}

/// <summary>One transaction of an <see cref="IDatabase"/>.</summary>
public interface ITransaction
{
    Dialect Dialect { get; }

    Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken);

    Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken);

    Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken);

    /// <summary>Inserts many rows the fast way of each database: COPY or one prepared statement.</summary>
    Task<long> Insert<T>(BulkInsert<T> insert, IEnumerable<T> rows, CancellationToken cancellationToken);

    /// <summary>Like <see cref="IDatabase.Notify"/>, but heard only after the transaction is committed.</summary>
    Task Notify(string channel, string payload, CancellationToken cancellationToken);
}

/// <summary>Where the rows of a bulk insert go: a table, and each column's value.</summary>
/// <param name="OnConflict">
/// Nothing: a duplicate fails the insert. Otherwise what follows the keywords, for example
/// <c>(id) do update set name = excluded.name</c> or <c>do nothing</c>; the rows then go in by <c>unnest</c> instead of COPY.
/// </param>
public sealed record BulkInsert<T>(string Table, IReadOnlyList<BulkColumn<T>> Columns, string? OnConflict = null);

/// <summary>A column of a bulk insert. <paramref name="Type"/> is the type of all its values.</summary>
public sealed record BulkColumn<T>(string Name, Type Type, Func<T, object?> Value)
{
    /// <summary>The column holds JSON text (type <c>{json}</c> in a migration).</summary>
    public bool IsJson { get; init; }

    public static BulkColumn<T> Of<TValue>(string name, Func<T, TValue> value) =>
        new(name, Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue), row => value(row));
}

public static class DatabaseExtensions
{
    public static Task<IReadOnlyList<T>> Query<T>(this IDatabase database, Sql sql, CancellationToken cancellationToken) =>
        database.Query<T>(sql, args: null, cancellationToken);

    public static Task<T?> Find<T>(this IDatabase database, Sql sql, CancellationToken cancellationToken) =>
        database.Find<T>(sql, args: null, cancellationToken);

    public static Task<int> Execute(this IDatabase database, Sql sql, CancellationToken cancellationToken) =>
        database.Execute(sql, args: null, cancellationToken);

    public static Task Transaction(this IDatabase database, Func<ITransaction, Task> work, CancellationToken cancellationToken) =>
        database.Transaction(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellationToken);
}

/// <summary>The database cannot be reached at the moment. Nothing was lost; the caller may try again.</summary>
public sealed class DatabaseUnavailableException(string message, Exception? inner) : Exception(message, inner);
