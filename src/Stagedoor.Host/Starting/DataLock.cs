namespace Stagedoor.Host.Starting;

/// <summary>
/// Held while a portal works on a SQLite file: a second one would run every job twice and never hear of the first's changes.
/// The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    public static DataLock Take(string directory)
    {
        try
        {
            return new DataLock(new FileStream(Path.Combine(directory, "stagedoor.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new CannotStartException(
                $"""
                Another portal works on the data in {directory}.
                Stop it, or choose another directory with --data DIR. Several portals share their data through PostgreSQL: set database.postgres.
                """);
        }
    }

    public void Dispose() => _file.Dispose();
}
