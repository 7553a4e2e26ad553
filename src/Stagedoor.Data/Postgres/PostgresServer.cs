using Npgsql;

namespace Stagedoor.Data.Postgres;

/// <summary>The server and database of a connection string, with what we add to it, and a name to print that holds no password.</summary>
internal sealed class PostgresServer
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    public PostgresServer(string connectionString, int maxPool)
    {
        try
        {
            _settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            // No inner exception and no text of it: they may repeat a part of the string, which holds a password.
            throw new DatabaseUnusableException(
                "The PostgreSQL connection string cannot be read. Write Host=…;Database=…;Username=…;Password=…, with the keywords of Npgsql.");
        }

        if (string.IsNullOrEmpty(_settings.Host))
        {
            throw new DatabaseUnusableException("The PostgreSQL connection string names no host. Write Host=…;Database=…;Username=…;Password=…");
        }

        Default("Application Name", () => _settings.ApplicationName = "stagedoor");
        Default("Maximum Pool Size", () => _settings.MaxPoolSize = maxPool);
        Default("Timeout", () => _settings.Timeout = 10);
        Default("Command Timeout", () => _settings.CommandTimeout = 60);
        Default("Keepalive", () => _settings.KeepAlive = 30);
        _settings.PersistSecurityInfo = false;
        Name = $"{_settings.Host}:{_settings.Port}/{_settings.Database ?? _settings.Username}";
        User = _settings.Username ?? Environment.UserName;
    }

    /// <summary><c>db.example.com:5432/stagedoor</c></summary>
    public string Name { get; }

    public string User { get; }

    public int PoolSize => _settings.MaxPoolSize;

    public NpgsqlDataSource OpenPool() => new NpgsqlDataSourceBuilder(_settings.ConnectionString) { Name = "stagedoor" }.Build();

    /// <summary>A connection of its own for notices: it stays, so it must take no place in the pool.</summary>
    public NpgsqlDataSource OpenSingle()
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { Pooling = false, ApplicationName = _settings.ApplicationName + " notices" };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "stagedoor notices" }.Build();
    }

    private void Default(string keyword, Action set)
    {
        if (!_settings.ContainsKey(keyword) || !_settings.Keys.Contains(keyword, StringComparer.OrdinalIgnoreCase))
        {
            set();
        }
    }
}
