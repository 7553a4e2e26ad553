namespace Stagedoor.Host.Jobs.Running;

/// <summary>
/// Which process this is among those that share the database. A new name at each start, so that the one before it,
/// should it have died, is seen as gone.
/// </summary>
internal sealed class Replica
{
    public string Name { get; } = $"{Environment.MachineName.ToLowerInvariant()}-{Guid.NewGuid():N}"[..Math.Min(Environment.MachineName.Length + 9, 100)];
}
