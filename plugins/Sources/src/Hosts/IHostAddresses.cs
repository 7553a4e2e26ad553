using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Sources.Hosts;

/// <summary>Finds the network addresses of a host. A seam to the outside: tests answer for names as an attacker would.</summary>
internal interface IHostAddresses
{
    /// <exception cref="SocketException">There is no such host.</exception>
    Task<IReadOnlyList<IPAddress>> Find(string host, CancellationToken cancellationToken);
}

internal sealed class SystemHostAddresses : IHostAddresses
{
    public async Task<IReadOnlyList<IPAddress>> Find(string host, CancellationToken cancellationToken) =>
        await Dns.GetHostAddressesAsync(host, cancellationToken);
}
