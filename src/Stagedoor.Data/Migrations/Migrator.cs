using System.Data.Common;
using Microsoft.Extensions.Logging;
using Stagedoor.Data.Postgres;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Migrations;

/// <summary>
/// Brings the tables of all owners up to date. Each migration is applied in a transaction together with its line in the
/// journal, and that transaction holds the lock: several portals may start at once.
/// </summary>
public sealed class Migrator(IDatabase database, TimeProvider time, ILogger<Migrator> logger)
{
    // Any number will do, as long as it never changes: "stagedoor" in ASCII, cut to eight bytes.
    private const long Lock = 0x7374616765646F6F;

    /// <summary>
    /// Applies what is missing, the library's own tables first, then in the order given. An owner that fails keeps its
    /// tables as they were before the migration that failed, and stops nobody else; but if the library's own tables are not
    /// as they should be, no other owner is touched, nor listed.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">The database went away. Applied migrations stay; call again.</exception>
    public async Task<IReadOnlyList<MigrationOutcome>> Apply(IReadOnlyList<MigrationSet> sets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var all = sets.Any(set => set.OwnerId == MigrationSet.DataOwner)
            ? sets
            : [MigrationSet.From(MigrationSet.DataOwner, typeof(Migrator).Assembly), .. sets];
        if (all.GroupBy(set => set.Prefix).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two owners would share the tables {twice.Key}…: {string.Join(", ", twice.Select(set => set.OwnerId))}.", nameof(sets));
        }

        await Locked(transaction => Journal.Ensure(transaction, cancellationToken), cancellationToken);
        var prefixes = all.Select(set => set.Prefix).ToList();
        var outcomes = new List<MigrationOutcome>();
        foreach (var set in all)
        {
            var outcome = await Apply(set, new Ownership(set, prefixes), cancellationToken);
            if (outcome.Failure is { } failure)
            {
                logger.LogError(failure.Cause, "The migrations of {Owner} failed: {Reason}", set.OwnerId, failure.Message);
            }

            outcomes.Add(outcome);
            if (set.OwnerId == MigrationSet.DataOwner && !outcome.Succeeded)
            {
                // Everything stands on these tables, and a database that a newer library wrote is not ours to change.
                break;
            }
        }

        return outcomes;
    }

    private async Task<MigrationOutcome> Apply(MigrationSet set, Ownership ownership, CancellationToken cancellationToken)
    {
        var applied = new List<string>();
        try
        {
            var migrations = MigrationOrder.Of(set, database.Dialect);
            var prepared = migrations.ToDictionary(migration => migration.Number, migration => Prepare(migration, ownership));
            while (true)
            {
                var step = await Next(set, migrations, prepared, cancellationToken);
                if (step.Failure is not null || step.Applied is null)
                {
                    return new MigrationOutcome(set.OwnerId, applied, step.Failure);
                }

                logger.LogDebug("Applied {File} of {Owner}", step.Applied, set.OwnerId);
                applied.Add(step.Applied);
            }
        }
        catch (InvalidMigrationException invalid)
        {
            return new MigrationOutcome(set.OwnerId, applied, new MigrationFailure(MigrationFailureKind.Invalid, $"A migration of {set.OwnerId} breaks the rules: {invalid.Message}"));
        }
        catch (FailedMigrationException failed)
        {
            return new MigrationOutcome(set.OwnerId, applied, new MigrationFailure(MigrationFailureKind.Failed, failed.Message, failed.InnerException));
        }
    }

    private IReadOnlyList<Statement> Prepare(Migration migration, Ownership ownership)
    {
        try
        {
            var statements = SqlText.Split(migration.Sql(database.Dialect));
            foreach (var statement in statements)
            {
                ownership.Check(statement);
            }

            return statements;
        }
        catch (InvalidMigrationException invalid)
        {
            throw new InvalidMigrationException($"{migration.File}: {invalid.Message}");
        }
    }

    // Under the lock the journal is read anew each time: another portal may have applied what was missing a moment ago.
    private Task<Step> Next(
        MigrationSet set, IReadOnlyList<Migration> migrations, Dictionary<int, IReadOnlyList<Statement>> prepared, CancellationToken cancellationToken) =>
        Locked(
            async transaction =>
            {
                var entries = await Journal.Read(transaction, set.OwnerId, cancellationToken);
                if (Journal.Judge(set, migrations, entries) is { } failure)
                {
                    return new Step(Applied: null, failure);
                }

                if (migrations.FirstOrDefault(migration => entries.All(entry => entry.Number != migration.Number)) is not { } missing)
                {
                    return new Step(Applied: null, Failure: null);
                }

                foreach (var statement in prepared[missing.Number])
                {
                    await Run(transaction, set, missing, statement, cancellationToken);
                }

                await Journal.Add(transaction, set, missing, time.GetUtcNow(), cancellationToken);
                return new Step(missing.File, Failure: null);
            },
            cancellationToken);

    private static async Task Run(ITransaction transaction, MigrationSet set, Migration migration, Statement statement, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.Execute(statement.Sql, args: null, cancellationToken);
        }
        catch (DbException fault)
        {
            throw new FailedMigrationException(
                $"{migration.File} of {set.OwnerId} failed in the statement that begins on line {statement.Line}: {fault.Message} It was rolled back; nothing of it remains.", fault);
        }
    }

    private Task<bool> Locked(Func<ITransaction, Task> work, CancellationToken cancellationToken) => Locked(
        async transaction =>
        {
            await work(transaction);
            return true;
        },
        cancellationToken);

    private async Task<T> Locked<T>(Func<ITransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        // SQLite's own lock on the file, taken as each write begins, works between processes too.
        return await database.Transaction(
            async transaction =>
            {
                if (transaction is PostgresTransaction postgres)
                {
                    postgres.WaitAsLongAsItTakes();
                    await postgres.Execute("select pg_advisory_xact_lock(@Lock)", new { Lock }, cancellationToken);
                }

                return await work(transaction);
            },
            cancellationToken);
    }

    private sealed record Step(string? Applied, MigrationFailure? Failure);

    private sealed class FailedMigrationException(string message, Exception inner) : Exception(message, inner);
}
