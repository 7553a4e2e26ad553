using System.Diagnostics;
using Stagedoor.Testing.Waiting;

namespace Stagedoor.Testing.Processes;

/// <summary>A command of the command line that goes on until it is ended.</summary>
public sealed class CommandProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessOutput _output = new();

    private CommandProcess(Process process)
    {
        _process = process;
        _output.Attach(process);
    }

    public static CommandProcess Start(IReadOnlyList<string> arguments, string? workingDirectory = null) =>
        new(Process.Start(PortalProcess.StartInfo(arguments, new Dictionary<string, string?>(), workingDirectory, folder: null))!);

    /// <summary>A line that it writes, once it has.</summary>
    public async Task<string> Line(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var found = await Eventually.Reach(
            "the command writes what is waited for", TimeSpan.FromSeconds(90), () => Task.FromResult(_output.Text.Split('\n').FirstOrDefault(wanted) ?? (_process.HasExited ? $"It has ended: {_output.Text}" : null)), line => line is not null, cancellationToken);
        return found!.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
