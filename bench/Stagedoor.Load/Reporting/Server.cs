using System.Globalization;
using System.Net.Sockets;

namespace Stagedoor.Load.Reporting;

/// <summary>A published program to be measured, as a process on a free port.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly MeasuredProcess _process;

    private Server(MeasuredProcess process, Uri address, TimeSpan untilFirstPage)
    {
        _process = process;
        Address = address;
        UntilFirstPage = untilFirstPage;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the end of the first answer 200 of its home page.</summary>
    public TimeSpan UntilFirstPage { get; }

    /// <summary>What the process holds in memory at present, in bytes.</summary>
    public long Resident() => _process.Resident();

    public static async Task<Server> Start(string executable, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{MeasuredProcess.FreePort()}/"));
        var process = MeasuredProcess.Start(executable, [.. arguments, "--urls", address.ToString().TrimEnd('/')], "Development");
        try
        {
            while (!await Answers(address, cancellationToken))
            {
                if (process.ExitCode is { } code)
                {
                    throw new InvalidOperationException($"{executable} ended with exit code {code}: {await process.Complaints}");
                }

                if (process.Age > Patience)
                {
                    throw new TimeoutException($"{executable} shows no home page within {Patience.TotalSeconds:0} s.");
                }

                await Task.Delay(2, cancellationToken);
            }

            return new Server(process, address, process.Age);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

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
}
