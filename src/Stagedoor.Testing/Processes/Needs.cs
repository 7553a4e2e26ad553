namespace Stagedoor.Testing.Processes;

/// <summary>
/// What a test needs from the machine. Where it is missing the test is skipped and says why; under CI it fails, so that a
/// green build means that everything ran.
/// </summary>
public static class Needs
{
    // What xunit takes an exception for when its message begins so: Assert.Skip's, without the assertion library.
    private const string Skip = "$XunitDynamicSkip$";

    private const string PostgresVariable = "STAGEDOOR_TEST_POSTGRES";

    /// <summary>Whether there is one, for fixtures, which cannot skip.</summary>
    public static bool HasPostgres => Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 };

    /// <summary>The connection string of a PostgreSQL in which the test may create databases.</summary>
    public static string Postgres() => Variable(
        PostgresVariable, "PostgreSQL", $"run ./test, or set {PostgresVariable} to the connection string of a superuser");

    /// <summary>The path of a Chromium or Chrome.</summary>
    public static string Chromium() => Variable(
        "STAGEDOOR_TEST_CHROMIUM", "a browser", "run ./test, or set STAGEDOOR_TEST_CHROMIUM to the path of a Chromium");

    /// <summary>The address of a RabbitMQ.</summary>
    public static string RabbitMq() => Variable(
        "STAGEDOOR_TEST_RABBITMQ", "RabbitMQ", "run ./test, or set STAGEDOOR_TEST_RABBITMQ to an address such as amqp://guest:guest@127.0.0.1:5672");

    /// <summary>The path of Node.js, 18 or later, with npm beside it.</summary>
    public static string Node() => Variable(
        "STAGEDOOR_TEST_NODE", "Node.js", "run ./test, or set STAGEDOOR_TEST_NODE to the path of a node with npm beside it");

    /// <summary>The folder of the published executable, for what only holds there.</summary>
    public static string Published() => Variable(
        "STAGEDOOR_TEST_PUBLISHED", "the published executable", "run ./test, or set STAGEDOOR_TEST_PUBLISHED to the output of dotnet publish src/Stagedoor");

    private static string Variable(string name, string what, string remedy) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw Missing($"It needs {what}: {remedy}.");

    private static Exception Missing(string reason) =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? new InvalidOperationException($"{reason} Under CI nothing may be left out.")
            : new MissingException(Skip + reason);

    private sealed class MissingException(string message) : Exception(message);
}
