namespace Stagedoor.Data.Migrations;

/// <summary>What became of one owner's migrations. A failed owner must not run; the others may.</summary>
/// <param name="Applied">The names of the files that were applied now.</param>
public sealed record MigrationOutcome(string OwnerId, IReadOnlyList<string> Applied, MigrationFailure? Failure)
{
    public bool Succeeded => Failure is null;
}

/// <summary>Why an owner's tables are not as its code needs them. The message is for the person who runs the portal.</summary>
public sealed record MigrationFailure(MigrationFailureKind Kind, string Message, Exception? Cause = null);

public enum MigrationFailureKind
{
    /// <summary>A file's name, number, or the tables it touches break the rules: the author's to mend.</summary>
    Invalid,

    /// <summary>A migration that was applied has since been changed.</summary>
    Changed,

    /// <summary>The database was written by a newer version of the owner.</summary>
    Newer,

    /// <summary>A statement failed; the migration was rolled back.</summary>
    Failed,
}
