using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit.Api;

/// <summary>A page of the record. It grows at its beginning, so pages follow one another by number and not by offset.</summary>
/// <param name="Next">Ask with <c>before</c> set to this for what came before. Nothing: that was all.</param>
internal sealed record AuditPageAnswer(IReadOnlyList<AuditRecord> Items, long? Next);

/// <summary>What recomputing the chain found.</summary>
/// <param name="Intact">How many entries, from the first, fit.</param>
/// <param name="BrokenAt">The first entry that does not fit or is missing.</param>
/// <param name="LastHash">The hash of the last entry that fits.</param>
internal sealed record AuditVerdictAnswer(long Intact, long? BrokenAt, string LastHash)
{
    public static AuditVerdictAnswer Of(AuditVerdict verdict) => new(verdict.Intact, verdict.BrokenAt, verdict.LastHash);
}
