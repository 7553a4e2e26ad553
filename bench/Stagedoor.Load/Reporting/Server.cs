using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Load.Reporting;

/// <summary>A published program to be measured, as a process on a free port.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private Server(Process process, Uri address, TimeSpan untilFirstPage)
    {
        _process = process;
        Address = address;
        UntilFirstPage = untilFirstPage;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the end of the first answer 200 of its home page.</summary>
    public TimeSpan UntilFirstPage { get; }

    /// <summary>What the process holds in memory at present, in bytes.</summary>
    public long Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    public static async Task<Server> Start(string executable, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        var start = new ProcessStartInfo(executable, [.. arguments, "--urls", address.ToString().TrimEnd('/')])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            while (!await Answers(address, cancellationToken))
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{executable} ended with exit code {process.ExitCode}: {await complaints}");
                }

                if (clock.Elapsed > Patience)
                {
                    throw new TimeoutException($"{executable} shows no home page within {Patience.TotalSeconds:0} s.");
                }

                await Task.Delay(2, cancellationToken);
            }

            return new Server(process, address, clock.Elapsed);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task<bool> Answers(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new Connection();
            await connection.Open(address, cancellationToken);
            return (await connection.Ask(Connection.Request(address, ["Accept: text/html"]), keep: false, cancellationToken)).Status == 200;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
