using Stagedoor.Plugins;

namespace Stagedoor.Data;

/// <summary>The portal's database, open until disposed.</summary>
public abstract class OpenDatabase : IDatabase, IAsyncDisposable
{
    private protected OpenDatabase()
    {
    }

    public abstract Dialect Dialect { get; }

    /// <summary>What and where it is, without a password: <c>SQLite 3.40.1, /srv/stagedoor/stagedoor.db</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Succeeds when the database answers.</summary>
    /// <exception cref="DatabaseUnavailableException">It does not at the moment; trying again later may help.</exception>
    /// <exception cref="DatabaseUnusableException">It never will with these settings.</exception>
    public abstract Task Reach(CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<T>> Query<T>(Sql sql, object? args, CancellationToken cancellationToken);

    public abstract IAsyncEnumerable<T> Stream<T>(Sql sql, object? args, CancellationToken cancellationToken);

    public abstract Task<T?> Find<T>(Sql sql, object? args, CancellationToken cancellationToken);

    public abstract Task<int> Execute(Sql sql, object? args, CancellationToken cancellationToken);

    public abstract Task<T> Transaction<T>(Func<ITransaction, Task<T>> work, CancellationToken cancellationToken);

    public abstract Task Notify(string channel, string payload, CancellationToken cancellationToken);

    public abstract IDisposable Listen(string channel, Func<string?, CancellationToken, Task> heard);

    public abstract ValueTask DisposeAsync();
}
