namespace Stagedoor.Sources.Git;

/// <summary>Keeps the copy of a repository for one process at a time to change. The system frees it when the process dies.</summary>
internal static class CopyLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> Take(string copy, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        while (true)
        {
            try
            {
                return new FileStream(copy + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public static IDisposable? TryTake(string copy)
    {
        try
        {
            return new FileStream(copy + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
