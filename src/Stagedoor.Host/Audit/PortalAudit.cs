using Microsoft.AspNetCore.Http;
using Stagedoor.Host.Texts;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Audit;

/// <summary>Appends to the chain, one writer after the other over all replicas, and recomputes it on demand.</summary>
internal sealed class PortalAudit(IDatabase database, IHttpContextAccessor http, TimeProvider time) : IAudit
{
    public const int LongestPage = 500;
    private const int LongestState = 64 * 1024;
    private const int LongestText = 2000;

    public Task Record(AuditEntry entry, CancellationToken cancellationToken) =>
        database.Transaction(transaction => Record(transaction, entry, cancellationToken), cancellationToken);

    public async Task Record(ITransaction transaction, AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrWhiteSpace(entry.Action, nameof(entry));

        // Held until the transaction ends, so the next writer sees this entry. SQLite has one writer anyway.
        await transaction.Query<long>(
            Sql.For(sqlite: "select 1", postgres: "select 1 from pg_advisory_xact_lock(7355608, 3)"), args: null, cancellationToken);
        var last = await transaction.Find<AuditRow>(
            $"select {AuditRow.Columns} from portal_audit order by sequence desc limit 1", args: null, cancellationToken);
        var row = new AuditRow
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            At = Milliseconds(time.GetUtcNow()),
            Actor = entry.By.Ref.ToString(),
            ActorName = PlainText.Cut(entry.By.Name, LongestText),
            Action = PlainText.Cut(entry.Action, LongestText),
            Subject = PlainText.Cut(entry.Subject, LongestText),
            Entity = entry.Entity?.ToString(),
            Environment = PlainText.CutOrNull(entry.Environment, LongestText),
            StateBefore = PlainText.CutOrNull(entry.Before, LongestState),
            StateAfter = PlainText.CutOrNull(entry.After, LongestState),
            Reason = PlainText.CutOrNull(entry.Reason, LongestText),
            RequestId = PlainText.CutOrNull(entry.RequestId ?? http.HttpContext?.TraceIdentifier, LongestText),
            PreviousHash = last?.Hash ?? AuditChain.Beginning,
        };
        await transaction.Execute(
            """
            insert into portal_audit
                (sequence, at, actor, actor_name, action, subject, entity, environment, state_before, state_after, reason, request_id, previous_hash, hash)
            values
                (@Sequence, @At, @Actor, @ActorName, @Action, @Subject, @Entity, @Environment, @StateBefore, @StateAfter, @Reason, @RequestId, @PreviousHash, @Hash)
            """,
            row with { Hash = AuditChain.Hash(row) },
            cancellationToken);
    }

    public async Task<IReadOnlyList<AuditRecord>> List(AuditFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var conditions = new List<string> { "1 = 1" };
        if (!string.IsNullOrEmpty(filter.By))
        {
            conditions.Add("actor = @by");
        }

        if (!string.IsNullOrEmpty(filter.ActionPrefix))
        {
            conditions.Add("substr(action, 1, @length) = @prefix");
        }

        if (filter.Entity is not null)
        {
            conditions.Add("entity = @entity");
        }

        if (filter.Before is not null)
        {
            conditions.Add("sequence < @before");
        }

        var rows = await database.Query<AuditRow>(
            $"select {AuditRow.Columns} from portal_audit where {string.Join(" and ", conditions)} order by sequence desc limit @limit",
            new
            {
                by = filter.By?.ToLowerInvariant(),
                prefix = filter.ActionPrefix,
                length = filter.ActionPrefix?.Length ?? 0,
                entity = filter.Entity?.ToString(),
                before = filter.Before,
                limit = Math.Clamp(filter.Limit, 0, LongestPage),
            },
            cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<long?> FindBrokenLink(CancellationToken cancellationToken) => (await Verify(cancellationToken)).BrokenAt;

    /// <summary>Recomputes the chain from its beginning, reading one entry at a time.</summary>
    public async Task<AuditVerdict> Verify(CancellationToken cancellationToken)
    {
        var entries = 0L;
        var hash = AuditChain.Beginning;
        await foreach (var row in database.Stream<AuditRow>($"select {AuditRow.Columns} from portal_audit order by sequence", args: null, cancellationToken))
        {
            if (row.Sequence != entries + 1 || row.PreviousHash != hash || row.Hash != AuditChain.Hash(row))
            {
                return new AuditVerdict(entries, entries + 1, hash);
            }

            entries++;
            hash = row.Hash;
        }

        return new AuditVerdict(entries, BrokenAt: null, hash);
    }

    // The chain must not depend on how finely a database keeps time.
    private static DateTimeOffset Milliseconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}

/// <summary>What recomputing the chain found.</summary>
/// <param name="Intact">How many entries, from the first, fit.</param>
/// <param name="BrokenAt">The first entry that does not fit or is missing.</param>
/// <param name="LastHash">The hash of the last entry that fits. Noted elsewhere, it proves later that nothing up to here was rewritten.</param>
internal sealed record AuditVerdict(long Intact, long? BrokenAt, string LastHash);
