namespace Stagedoor.Host.Starting;

/// <summary>
/// A part of the host that works in the background: started once the database is there and migrated, in the order of
/// registration, and stopped in reverse when the portal shuts down, within the shutdown's time.
/// </summary>
internal interface IBackgroundPart
{
    Task Start(CancellationToken cancellationToken);

    /// <summary>Finishes or hands back what is under way.</summary>
    Task Stop(CancellationToken cancellationToken);
}
