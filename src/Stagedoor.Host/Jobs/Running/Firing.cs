namespace Stagedoor.Host.Jobs.Running;

/// <summary>Why a run begins: its plan, a hand, or the death of the replica that ran it before.</summary>
internal sealed record Firing(Guid Run, DateTimeOffset DueAt)
{
    public bool ByHand { get; init; }

    public string? PressedBy { get; init; }

    public string? PressedByName { get; init; }

    public bool Again { get; init; }
}
