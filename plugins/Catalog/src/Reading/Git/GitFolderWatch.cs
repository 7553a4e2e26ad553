using Stagedoor.Sources;

namespace Stagedoor.Catalog.Reading.Git;

/// <summary>
/// Looks every other second whether repositories have come to a folder or left it. The first look always tells, since
/// nobody knows what happened between the last reading and the beginning of the watch.
/// </summary>
internal sealed class GitFolderWatch : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly Func<IReadOnlyList<RepositoryAddress>> _list;
    private readonly Action _changed;
    private readonly ITimer _timer;
    private string? _seen;
    private int _isLooking;

    public GitFolderWatch(Func<IReadOnlyList<RepositoryAddress>> list, Action changed, TimeProvider time)
    {
        _list = list;
        _changed = changed;
        _timer = time.CreateTimer(_ => LookAgain(), null, Look, Look);
    }

    public void Dispose() => _timer.Dispose();

    private void LookAgain()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            var now = List();
            if (now != _seen)
            {
                _seen = now;
                _changed();
            }
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private string List()
    {
        try
        {
            return string.Join('\n', _list());
        }
        catch (OutboundException e)
        {
            // Gone is a state too, which the next reading tells about.
            return e.Message;
        }
    }
}
