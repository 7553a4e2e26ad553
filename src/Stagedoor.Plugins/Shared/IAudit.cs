using System.Text.Json.Serialization;

namespace Stagedoor.Plugins;

/// <summary>
/// The record of who did what. It only grows, and each entry is chained to the one before it by a hash, so that a
/// change made behind the portal's back is found.
/// </summary>
public interface IAudit
{
    Task Record(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Records as part of a transaction: the deed and its record come into being together.</summary>
    Task Record(ITransaction transaction, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> List(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>Recomputes the chain. Tells the first entry that does not fit, or nothing.</summary>
    Task<long?> FindBrokenLink(CancellationToken cancellationToken);
}

/// <param name="Action">What was done, as plugin and verb: <c>jobs.paused</c>.</param>
/// <param name="Subject">What it was done to, in words a person understands.</param>
public sealed record AuditEntry(Caller By, string Action, string Subject)
{
    public EntityRef? Entity { get; init; }

    public string? Environment { get; init; }

    /// <summary>JSON of the state before and after, without secrets.</summary>
    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>Why, in the words of whoever did it.</summary>
    public string? Reason { get; init; }

    /// <summary>Left empty, it is the id of the current request.</summary>
    public string? RequestId { get; init; }
}

public sealed record AuditRecord(
    long Sequence, DateTimeOffset At, string By, string ByName, string Action, string Subject, string? Entity, string? Environment,
    string? Before, string? After, string? Reason, string? RequestId, [property: JsonIgnore] string Hash);

public sealed record AuditFilter
{
    public string? By { get; init; }

    public string? ActionPrefix { get; init; }

    public EntityRef? Entity { get; init; }

    /// <summary>Only entries before this sequence: the way to the next page.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;
}
