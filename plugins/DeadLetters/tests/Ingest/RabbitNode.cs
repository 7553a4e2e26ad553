using System.Diagnostics;
using System.Net.Sockets;
using Stagedoor.Testing.Processes;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.DeadLetters.Tests.Ingest;

/// <summary>A RabbitMQ of a test's own, to set policies on, to stop and to start, on free ports and with its own port mapper.</summary>
internal sealed class RabbitNode : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;
    private readonly int _mapper = FreePort.Find();

    private RabbitNode(string folder)
    {
        _folder = folder;
        var distribution = FreePort.Find();
        _environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["ERL_EPMD_PORT"] = $"{_mapper}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_NODENAME"] = $"dead{Environment.ProcessId}-{_mapper}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{distribution}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        };
    }

    public int Port { get; } = FreePort.Find();

    public string Address => $"amqp://guest:guest@127.0.0.1:{Port}";

    private static string? Programs => new[] { "/usr/lib/rabbitmq/bin", "/opt/homebrew/opt/rabbitmq/sbin", "/usr/local/opt/rabbitmq/sbin" }.FirstOrDefault(Directory.Exists);

    private static bool IsRoot => Environment.UserName == "root";

    public static async Task<RabbitNode> Start()
    {
        // Where ./test has one, this machine can run another.
        Needs.RabbitMq();
        Assert.SkipWhen(Programs is null, "The programs of RabbitMQ are not on this machine.");
        var node = new RabbitNode(Directory.CreateTempSubdirectory("stagedoor-rabbit-").FullName);
        Directory.CreateDirectory(Path.Combine(node._folder, "mnesia"));
        Directory.CreateDirectory(Path.Combine(node._folder, "log"));
        await File.WriteAllTextAsync(Path.Combine(node._folder, "enabled_plugins"), "[].");
        await File.WriteAllTextAsync(Path.Combine(node._folder, "rabbitmq.conf"), "");
        if (IsRoot)
        {
            await Run("chown", ["-R", "rabbitmq", node._folder]);
        }

        await node.Up();
        return node;
    }

    public async Task Up()
    {
        await Tool("rabbitmq-server", "-detached");
        await Eventually.Reach("the broker is up", TimeSpan.FromSeconds(90), Answers, isSo => isSo, TestContext.Current.CancellationToken);
    }

    public Task Down() => Control("shutdown");

    public Task<string> Control(params IEnumerable<string> arguments) => Tool("rabbitmqctl", ["--timeout", "60", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Down();
        }
        finally
        {
            await Tool("epmd", "-kill");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<bool> Answers()
    {
        // A port that is open is not yet a broker that knows its users.
        try
        {
            var factory = new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(Address), RequestedConnectionTimeout = TimeSpan.FromSeconds(2) };
            await using var connection = await factory.CreateConnectionAsync();
            return true;
        }
        catch (Exception e) when (e is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private Task<string> Tool(string program, params IEnumerable<string> arguments)
    {
        var path = program == "epmd" ? program : Path.Combine(Programs!, program);
        var environment = _environment.Select(entry => $"{entry.Key}={entry.Value}");
        return IsRoot
            ? Run("setpriv", ["--reuid=rabbitmq", "--regid=rabbitmq", "--init-groups", "env", .. environment, path, .. arguments])
            : Run("env", [.. environment, path, .. arguments]);
    }

    private static async Task<string> Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var isDetached = start.ArgumentList.Contains("-detached");
        if (isDetached)
        {
            // Its children hold the ends of our pipes; they never close.
            await process.WaitForExitAsync();
            return "";
        }

        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program}: {await output}{await error}");
    }
}
