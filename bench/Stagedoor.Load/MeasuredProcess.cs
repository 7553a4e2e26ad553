using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Load;

/// <summary>A program as a process, watched from outside: time, memory, processor. What it says is left unread, but for complaints.</summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Stopwatch _clock;

    private MeasuredProcess(Process process, Stopwatch clock)
    {
        _process = process;
        _clock = clock;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>All of them, once it has ended.</summary>
    public Task<string> Complaints { get; }

    /// <summary>Since it was started.</summary>
    public TimeSpan Age => _clock.Elapsed;

    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Nothing while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public static MeasuredProcess Start(string executable, IEnumerable<string> arguments, string environment)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = Path.GetTempPath(), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var clock = Stopwatch.StartNew();
        return new MeasuredProcess(Process.Start(start)!, clock);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What it holds in memory, in bytes.</summary>
    public long Resident()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>The most that it has ever held; what it holds, where the system does not tell.</summary>
    public long Peak()
    {
        var status = $"/proc/{_process.Id}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? Resident() : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task Stop()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
