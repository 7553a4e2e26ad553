namespace Stagedoor.Sources.Git;

/// <summary>Keeps the copy of a repository for one process at a time to change. The system frees it when the process dies.</summary>
internal static class CopyLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <exception cref="OutboundException">Another keeps it for too long, or nothing can be written there.</exception>
    public static async Task<IDisposable> Take(string copy, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                return Open(copy);
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (time.GetElapsedTime(begun) > Longest)
                {
                    throw new OutboundException($"The portal's copy {Path.GetFileName(copy)} has been in use elsewhere for {Longest.TotalMinutes:0} minutes. It is tried again later.", isPassing: true, e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OutboundException($"The portal's copy {Path.GetFileName(copy)} cannot be written: {e.Message} See whether its disk is full, and who may write to its folder.", isPassing: true, e);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public static IDisposable? TryTake(string copy)
    {
        try
        {
            return Open(copy);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static FileStream Open(string copy) => new(copy + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Only the system's own number tells it from a full disk: a sharing or lock violation, or a lock that would block.</summary>
    private static bool IsHeld(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33
        : OperatingSystem.IsLinux() ? e.HResult == 11
        : e.HResult == 35;
}
