namespace Stagedoor.Host.Starting;

/// <summary>Makes sure that the data directory is there and can be written, before anything else relies on it.</summary>
internal static class DataFolder
{
    public static void Prepare(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".probe-{Guid.NewGuid():N}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException(
                $"""
                The data directory cannot be written: {path}
                {e.Message}
                Make it writable for the user {Environment.UserName}, or choose another with --data DIR.
                """);
        }
    }
}
