using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Testing.Processes;

/// <summary>
/// Finds ports of loopback that nothing listens on, below the range from which the system hands out its own, so that no
/// outgoing connection takes one before it is used.
/// </summary>
public static class FreePort
{
    public static int Find()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another try, another port.
            }
        }

        throw new InvalidOperationException("No free port was found between 20000 and 32000.");
    }
}
