using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Sources.Hosts;

/// <summary>The addresses of a host that may be connected to.</summary>
internal sealed class VettedAddresses(HostRules rules, IHostAddresses addresses)
{
    /// <exception cref="OutboundException">There is none.</exception>
    public async Task<IReadOnlyList<IPAddress>> Of(string host, CancellationToken cancellationToken)
    {
        IReadOnlyList<IPAddress> found;
        try
        {
            found = IPAddress.TryParse(HostPattern.Normal(host), out var literal) ? [literal] : await addresses.Find(host, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new OutboundException($"The name {host} cannot be resolved: {e.Message}. Check its spelling, and the name server.", isPassing: true, e);
        }

        var allowed = found.Where(address => rules.Addresses.Allows(host, address)).ToList();
        return allowed.Count > 0 ? allowed
            : found.Count == 0 ? throw new OutboundException($"The name {host} has no address.", isPassing: true)
            : throw new OutboundException(AddressRules.WhyNot(host, found), isPassing: false);
    }
}
