using System.Globalization;
using Stagedoor.Plugins;

namespace Stagedoor.Data.Migrations;

/// <summary>The list of what was applied, in the database itself.</summary>
internal static class Journal
{
    private const string Table =
        """
        create table if not exists data_migrations (
            owner text not null,
            number integer not null,
            file text not null,
            hash text not null,
            version text not null,
            applied_at {timestamp} not null,
            primary key (owner, number)
        )
        """;

    public static Task Ensure(ITransaction transaction, CancellationToken cancellationToken) =>
        transaction.Execute(TypeWords.Replace(Table, transaction.Dialect), args: null, cancellationToken);

    public static Task<IReadOnlyList<Entry>> Read(ITransaction transaction, string owner, CancellationToken cancellationToken) =>
        transaction.Query<Entry>(
            "select number, file, hash, version from data_migrations where owner = @owner order by number", new { owner }, cancellationToken);

    public static Task Add(ITransaction transaction, MigrationSet set, Migration migration, DateTimeOffset at, CancellationToken cancellationToken) =>
        transaction.Execute(
            "insert into data_migrations (owner, number, file, hash, version, applied_at) values (@OwnerId, @Number, @File, @Hash, @Version, @at)",
            new { set.OwnerId, migration.Number, migration.File, migration.Hash, set.Version, at },
            cancellationToken);

    /// <summary>Why these migrations do not fit what was applied, or nothing.</summary>
    public static MigrationFailure? Judge(MigrationSet set, IReadOnlyList<Migration> migrations, IReadOnlyList<Entry> entries)
    {
        var known = migrations.ToDictionary(migration => migration.Number);
        foreach (var entry in entries)
        {
            if (!known.TryGetValue(entry.Number, out var migration))
            {
                return new MigrationFailure(
                    MigrationFailureKind.Newer,
                    $"The database was written by a newer version of {set.OwnerId}: version {entry.Version} applied {entry.File}, which this version ({set.Version}) does not know. "
                    + $"Start version {entry.Version} or later, or restore a backup from before. Nothing was changed.");
            }

            if (migration.Hash != entry.Hash)
            {
                return new MigrationFailure(
                    MigrationFailureKind.Changed,
                    $"{migration.File} of {set.OwnerId} was changed after version {entry.Version} applied it to this database. "
                    + "Put its text back as it was, and add what you want to change as a new migration. Nothing was changed.");
            }
        }

        var applied = entries.GroupBy(entry => entry.Number / 100).ToDictionary(part => part.Key, part => part.Max(entry => entry.Number));
        var late = migrations.FirstOrDefault(migration =>
            applied.TryGetValue(migration.Number / 100, out var last) && migration.Number < last && entries.All(entry => entry.Number != migration.Number));
        return late is null ? null : new MigrationFailure(
            MigrationFailureKind.Invalid,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{late.File} of {set.OwnerId} comes too late: {applied[late.Number / 100]:0000} is applied already. Give it the next free number. Nothing was changed."));
    }

    internal sealed record Entry(int Number, string File, string Hash, string Version);
}
