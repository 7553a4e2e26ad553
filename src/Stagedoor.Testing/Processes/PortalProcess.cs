using System.Diagnostics;
using System.Net;

namespace Stagedoor.Testing.Processes;

/// <summary>
/// A portal as a real process: the published executable, or the build's output where nothing was published. It has its
/// own port and data, and can be stopped, killed and started again on the same data.
/// </summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private readonly PortalProcessOptions _options;
    private readonly ProcessOutput _output = new();
    private Process? _process;

    private PortalProcess(PortalProcessOptions options)
    {
        _options = options;
        DataDirectory = options.DataDirectory ?? Directory.CreateTempSubdirectory("stagedoor-data-").FullName;
        Port = options.Port ?? FreePort.Find();
        Address = new Uri($"http://127.0.0.1:{Port}/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public int Port { get; }

    public Uri Address { get; }

    public string DataDirectory { get; }

    /// <summary>Speaks to the portal. It follows no redirects and keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>All that the portal has written, over restarts.</summary>
    public string Output => _output.Text;

    public bool HasExited => _process is null or { HasExited: true };

    public int ProcessId => _process!.Id;

    /// <summary>Starts a portal and waits until it is ready.</summary>
    public static async Task<PortalProcess> Start(PortalProcessOptions options, CancellationToken cancellationToken)
    {
        var portal = Launch(options);
        try
        {
            await portal.UntilReady(cancellationToken);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a portal and returns at once.</summary>
    public static PortalProcess Launch(PortalProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var portal = new PortalProcess(options);
        portal.Prepare();
        portal.Begin();
        return portal;
    }

    /// <summary>Runs the command line to its end, without a server.</summary>
    public static async Task<(int ExitCode, string Output)> Run(IReadOnlyList<string> arguments, string? workingDirectory, CancellationToken cancellationToken)
    {
        var output = new ProcessOutput();
        using var process = Process.Start(StartInfo(arguments, new Dictionary<string, string?>(), workingDirectory, folder: null))!;
        output.Attach(process);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, output.Text);
    }

    /// <summary>Waits until the portal says that it is ready.</summary>
    public Task UntilReady(CancellationToken cancellationToken) => Until("/readyz", answer => answer.IsSuccessStatusCode, cancellationToken);

    /// <summary>Waits until a path answers as it should, and fails with the portal's own words when it never does.</summary>
    public async Task Until(string path, Func<HttpResponseMessage, bool> expected, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var last = "no answer at all";
        while (clock.Elapsed < StartLimit)
        {
            if (HasExited)
            {
                // Its last words may still be on their way.
                await UntilExit(cancellationToken);
                throw new InvalidOperationException(Describe($"The portal has ended with exit code {_process?.ExitCode} instead of answering {path}"));
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                if (expected(answer))
                {
                    return;
                }

                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}";
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }

            await Task.Delay(50, cancellationToken);
        }

        throw new TimeoutException(Describe($"{path} did not answer as expected within {StartLimit.TotalSeconds:0} s; the last was {last}"));
    }

    /// <summary>Waits until the portal has written a text.</summary>
    public async Task UntilSaid(string text, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            if (clock.Elapsed > StartLimit)
            {
                throw new TimeoutException(Describe($"The portal never said '{text}'"));
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Ends it as a power cut would: kill -9.</summary>
    public async Task Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Asks it to end, as a service manager does, without waiting.</summary>
    public void BeginStop()
    {
        if (_process is { HasExited: false } process)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            kill.WaitForExit();
        }
    }

    /// <summary>Asks it to end and waits. Tells its exit code.</summary>
    public Task<int> Stop(CancellationToken cancellationToken)
    {
        BeginStop();
        return UntilExit(cancellationToken);
    }

    /// <summary>Waits for its end and tells its exit code.</summary>
    public async Task<int> UntilExit(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            await _process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(Describe("The portal does not end"), e);
        }

        return _process.ExitCode;
    }

    /// <summary>Starts it again on the same port and data, and waits until it is ready.</summary>
    public async Task Restart(CancellationToken cancellationToken)
    {
        await Stop(cancellationToken);
        await StartAgain(cancellationToken);
    }

    /// <summary>After a <see cref="Kill"/> or <see cref="Stop"/>.</summary>
    public async Task StartAgain(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        Begin();
        await UntilReady(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process?.Dispose();
        Http.Dispose();
        if (_options.DataDirectory is null)
        {
            await Folders.Remove(DataDirectory);
        }
    }

    /// <summary>A failure's message with what the portal said last.</summary>
    public string Describe(string what) => $"{what}. The portal at {Address} said last:\n{_output.Tail(60)}";

    private void Prepare()
    {
        foreach (var folder in _options.PluginFolders)
        {
            DroppedPlugin.Into(DataDirectory, folder);
        }

        var configuration = _options.Configuration ?? "";
        if (_options.Postgres is { } postgres)
        {
            configuration += $"\ndatabase:\n  postgres: \"{postgres}\"\n";
        }

        if (configuration.Length > 0)
        {
            File.WriteAllText(ConfigurationFile, configuration);
        }
    }

    private string ConfigurationFile => Path.Combine(DataDirectory, "test.yaml");

    private void Begin()
    {
        List<string> arguments = ["serve", "--urls", Address.ToString().TrimEnd('/'), "--data", DataDirectory, "--sample", _options.Sample];
        if (File.Exists(ConfigurationFile))
        {
            arguments.AddRange(["--config", ConfigurationFile]);
        }

        arguments.AddRange(_options.Arguments);
        var variables = new Dictionary<string, string?>(_options.Variables) { ["ASPNETCORE_ENVIRONMENT"] = _options.Environment };
        _process = Process.Start(StartInfo(arguments, variables, _options.WorkingDirectory, _options.Executable))!;
        _output.Attach(_process);
    }

    internal static ProcessStartInfo StartInfo(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, string? workingDirectory, string? folder)
    {
        folder ??= Environment.GetEnvironmentVariable("STAGEDOOR_TEST_PUBLISHED") is { Length: > 0 } published ? published : BuildOutput.Of("src/Stagedoor");
        var executable = Path.Combine(folder, "stagedoor");
        var start = new ProcessStartInfo
        {
            FileName = File.Exists(executable) ? executable : "dotnet",
            WorkingDirectory = workingDirectory ?? Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!File.Exists(executable))
        {
            start.ArgumentList.Add(Path.Combine(folder, "stagedoor.dll"));
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What is set for the tests, or for another portal, must not configure this one.
        foreach (var name in start.Environment.Keys.Where(IsForPortals).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsForPortals(string name) =>
        name.StartsWith("STAGEDOOR_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS" or "URLS";
}
