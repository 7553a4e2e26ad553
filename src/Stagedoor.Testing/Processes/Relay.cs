using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Testing.Processes;

/// <summary>
/// Stands between a portal and a server it needs, so that a test can take the server away and give it back. While cut, its
/// port refuses connections, as the port of a server that is down does.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>A relay that is cut until <see cref="Restore"/>.</summary>
    public Relay(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        Port = FreePort.Find();
    }

    public int Port { get; }

    public void Restore()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        listener.Listen(512);
        _listener = listener;
        _accepting = Accept(listener);
    }

    public async Task Cut()
    {
        _listener?.Dispose();
        _listener = null;
        lock (_lock)
        {
            foreach (var socket in _open)
            {
                socket.Dispose();
            }

            _open.Clear();
        }

        await _accepting;
    }

    public async ValueTask DisposeAsync() => await Cut();

    private async Task Accept(Socket listener)
    {
        while (true)
        {
            try
            {
                _ = Carry(await listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Carry(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (_lock)
        {
            _open.Add(near);
            _open.Add(far);
        }

        try
        {
            near.NoDelay = true;
            await far.ConnectAsync(_target);
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // An end that is gone ends the other.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Dispose();
            far.Dispose();
        }
    }

    private static async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The caller disposes of both ends.
        }
    }
}
