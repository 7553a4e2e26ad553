namespace Stagedoor.Host.Operations.Running;

/// <summary>Why a run ends before its handler is through. When there are several, the last named counts.</summary>
internal enum StopReason
{
    None,
    Pause,
    FailuresInARow,
    ShuttingDown,
    Cancel,
    LeaseLost,
}

/// <summary>Leads a handler out of a run that has to stop. It is a cancellation, which handlers let pass.</summary>
internal sealed class StopRunException(StopReason reason) : OperationCanceledException($"The run has to stop: {reason}.")
{
    public StopReason Reason { get; } = reason;
}
