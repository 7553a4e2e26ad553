namespace Stagedoor.Data;

/// <summary>
/// Knows whether this flow of control already is inside a transaction of this database: a second one would wait for
/// the first, which waits for it.
/// </summary>
internal sealed class TransactionFlow
{
    private readonly AsyncLocal<Mark?> _current = new();

    public void RefuseNesting()
    {
        if (_current.Value is { IsOver: false })
        {
            throw new InvalidOperationException(
                "A transaction is already running here, and another write would wait for it forever. "
                + "Use the ITransaction you were given, and not the IDatabase, until it is finished.");
        }
    }

    /// <summary>Marks the flow of the calling async method and of all it calls.</summary>
    public Mark Enter()
    {
        var mark = new Mark();
        _current.Value = mark;
        return mark;
    }

    internal sealed class Mark : IDisposable
    {
        public bool IsOver { get; private set; }

        public void Dispose() => IsOver = true;
    }
}
