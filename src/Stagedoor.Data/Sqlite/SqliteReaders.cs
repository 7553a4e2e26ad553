using System.Collections.Concurrent;

namespace Stagedoor.Data.Sqlite;

/// <summary>
/// Connections that only read, a bounded number. Streams have places of their own, so that a query inside a loop over a
/// stream never waits for the stream it stands in.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly SemaphoreSlim _queries = new(MaxQueries, MaxQueries);
    private readonly SemaphoreSlim _streams = new(MaxStreams, MaxStreams);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    private static int MaxQueries => Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    private static int MaxStreams => 16;

    public Task<Lease> Take(CancellationToken cancellationToken) => Take(_queries, cancellationToken);

    public Task<Lease> TakeForStream(CancellationToken cancellationToken) => Take(_streams, cancellationToken);

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private async Task<Lease> Take(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(OpenDatabase));
            return new Lease(this, places, _idle.TryTake(out var session) ? session : file.OpenReader());
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    private void GiveBack(SqliteSession session, SemaphoreSlim places)
    {
        if (_closed)
        {
            session.Dispose();
        }
        else
        {
            _idle.Add(session);
        }

        places.Release();
    }

    internal readonly struct Lease(SqliteReaders readers, SemaphoreSlim places, SqliteSession session) : IDisposable
    {
        public SqliteSession Session => session;

        public void Dispose() => readers.GiveBack(session, places);
    }
}
