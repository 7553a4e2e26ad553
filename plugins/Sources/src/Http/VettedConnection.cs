using System.Net;
using System.Net.Sockets;
using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Http;

/// <summary>
/// Connects to the very addresses that were judged: a name that resolves to something else a moment later gains nothing.
/// </summary>
internal sealed class VettedConnection(VettedAddresses addresses)
{
    public async ValueTask<Stream> Open(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var vetted = await addresses.Of(context.DnsEndPoint.Host, cancellationToken);
        SocketException? failure = null;
        foreach (var address in vetted)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure!;
    }
}
