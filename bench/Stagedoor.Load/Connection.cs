using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stagedoor.Load;

/// <summary>One answer: its status, its size on the wire with its head, and its head and body where they were asked for.</summary>
/// <param name="Last">The server closes the connection after it.</param>
internal readonly record struct Answer(int Status, long Bytes, string Head, byte[] Body, bool Last);

/// <summary>
/// One HTTP/1.1 connection that stays open and carries one request after the other. Written on a bare socket because a
/// driver on the same machine takes its processor time from the server it measures.
/// </summary>
internal sealed class Connection : IAsyncDisposable
{
    private const int MaxHead = 64 * 1024;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;

    public static byte[] Request(Uri address, IEnumerable<string> headers)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }

    public async Task Open(Uri address, CancellationToken cancellationToken)
    {
        var host = address.IsLoopback ? IPAddress.Loopback.ToString() : address.Host;
        await _socket.ConnectAsync(host, address.Port, cancellationToken);
    }

    public async Task<Answer> Ask(ReadOnlyMemory<byte> request, bool keep, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await _socket.SendAsync(request[sent..], cancellationToken);
        }

        var headLength = await ReadHead(cancellationToken);
        var head = ReadOnlyHead(headLength);
        var text = keep ? Encoding.Latin1.GetString(_buffer, _start, headLength) : "";
        _start += headLength;
        using var body = keep ? new MemoryStream() : null;
        var length = head switch
        {
            { Status: 204 or 304 } => 0,
            { Chunked: true } => await ReadChunks(body, cancellationToken),
            { Length: { } known } => await ReadExactly(known, body, cancellationToken),
            _ => throw new InvalidDataException("The answer has neither a length nor chunks."),
        };
        return new Answer(head.Status, headLength + length, text, body?.ToArray() ?? [], head.Last);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private (int Status, long? Length, bool Chunked, bool Last) ReadOnlyHead(int length)
    {
        var head = _buffer.AsSpan(_start, length);
        var status = int.Parse(head.Slice(9, 3), CultureInfo.InvariantCulture);
        long? contentLength = null;
        var chunked = false;
        var last = false;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (StartsWith(line, "content-length:"u8))
            {
                contentLength = long.Parse(Trim(line[15..]), CultureInfo.InvariantCulture);
            }
            else if (StartsWith(line, "transfer-encoding:"u8))
            {
                chunked = line.EndsWith("chunked"u8);
            }
            else if (StartsWith(line, "connection:"u8))
            {
                last = line.EndsWith("close"u8);
            }
        }

        return (status, contentLength, chunked, last);
    }

    private async Task<int> ReadHead(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8);
            if (at >= 0)
            {
                return at + 4;
            }

            if (_end - _start > MaxHead)
            {
                throw new InvalidDataException("The head of the answer does not end.");
            }

            await Fill(cancellationToken);
        }
    }

    private async Task<long> ReadChunks(MemoryStream? body, CancellationToken cancellationToken)
    {
        long all = 0;
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            {
                await Fill(cancellationToken);
            }

            var size = int.Parse(_buffer.AsSpan(_start, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _start += line + 2;
            all += line + 2 + await ReadExactly(size, body, cancellationToken) + await ReadExactly(2, body: null, cancellationToken);
            if (size == 0)
            {
                return all;
            }
        }
    }

    private async Task<long> ReadExactly(long length, MemoryStream? body, CancellationToken cancellationToken)
    {
        for (var left = length; left > 0;)
        {
            if (_start == _end)
            {
                await Fill(cancellationToken);
            }

            var here = (int)Math.Min(left, _end - _start);
            body?.Write(_buffer, _start, here);
            _start += here;
            left -= here;
        }

        return length;
    }

    private async Task Fill(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken);
        if (read == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        _end += read;
    }

    private static bool StartsWith(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim((byte)' ');
}
