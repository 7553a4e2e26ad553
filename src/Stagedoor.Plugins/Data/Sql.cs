namespace Stagedoor.Plugins;

public enum Dialect
{
    Sqlite,
    Postgres,
}

/// <summary>
/// A statement, usually the same text for both databases: a plain string converts. Where the dialects truly
/// differ, <see cref="For"/> puts the pair at the call site, so that a reader sees both.
/// </summary>
public readonly record struct Sql
{
    private readonly string _sqlite;
    private readonly string _postgres;

    private Sql(string sqlite, string postgres)
    {
        _sqlite = sqlite;
        _postgres = postgres;
    }

    public static Sql For(string sqlite, string postgres) => new(sqlite, postgres);

    public static implicit operator Sql(string text) => new(text, text);

    public string In(Dialect dialect) => dialect == Dialect.Sqlite ? _sqlite : _postgres;
}
