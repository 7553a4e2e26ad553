using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Data.Tests.Postgres;

/// <summary>A door on the way to a server, to close and open again: what an outage looks like from here.</summary>
public sealed class Gate(string host, int port) : IAsyncDisposable
{
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private TcpListener? _listener;

    public int Port { get; private set; }

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = Accept(_listener);
    }

    public void Close()
    {
        _listener?.Dispose();
        while (_connections.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task Accept(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var outside = await listener.AcceptTcpClientAsync();
                var inside = new TcpClient();
                _connections.Add(outside);
                _connections.Add(inside);
                await inside.ConnectAsync(host, port);
                _ = Carry(outside, inside);
                _ = Carry(inside, outside);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            listener.Dispose();
        }
    }

    private static async Task Carry(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            to.Dispose();
        }

        to.Dispose();
    }
}
