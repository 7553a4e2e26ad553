using Stagedoor.Plugins;

namespace Stagedoor.DeadLetters;

/// <summary>What one may do with dead letters.</summary>
internal static class DeadLetterPermissions
{
    public static readonly Permission Read = new("dead-letters.read", "See dead letters: where they died, of what, and their bodies with sensitive fields masked.");

    public static readonly Permission ReadSensitive = new("dead-letters.read-sensitive", "See bodies and headers of dead letters as they are, with the fields that are marked as sensitive.");

    public static readonly Permission Ingest = new("dead-letters.ingest", "Hand in dead letters over HTTP.");
}
