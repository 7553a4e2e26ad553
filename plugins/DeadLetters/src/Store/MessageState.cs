namespace Stagedoor.DeadLetters.Store;

/// <summary>Where a dead letter stands.</summary>
internal enum MessageState
{
    /// <summary>Nobody has handled it.</summary>
    Dead,

    /// <summary>Somebody is sending it again. Whether the broker has it is not known yet.</summary>
    Redelivering,

    /// <summary>The broker has confirmed that it has it.</summary>
    Redelivered,

    /// <summary>Put away by somebody; can be restored until retention ends.</summary>
    Deleted,
}
