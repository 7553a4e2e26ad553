using System.Diagnostics;

namespace Stagedoor.Testing.Processes;

/// <summary>Removes what a portal left behind.</summary>
public static class Folders
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Removes a folder with all in it. A portal that was killed can leave a child behind, a git program at its last
    /// file, and a folder that it writes into cannot be removed until it has ended.
    /// </summary>
    public static async Task Remove(string folder)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (clock.Elapsed < Limit && Directory.Exists(folder))
            {
                await Task.Delay(100);
            }
        }
    }
}
