using Stagedoor.Plugins;

namespace Stagedoor.Host.Operations;

/// <summary>Who may watch and steer operations. Whoever began one may always steer it.</summary>
internal static class OperationPermissions
{
    public const string ReadName = "portal.read-operations";

    public static readonly Permission Read = new(ReadName, "See operations: what runs, how far it is, and its log.");

    public static readonly Permission Steer = new("portal.steer-operations", "Pause, resume, cancel and undo operations that someone else began.");

    public static bool MaySteer(this Caller caller, Operation operation) =>
        caller.May(Steer) || (caller.IsKnown && caller.Ref.ToString() == operation.StartedBy);
}
