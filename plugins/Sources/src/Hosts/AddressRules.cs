using System.Net;
using System.Net.Sockets;

namespace Stagedoor.Sources.Hosts;

/// <summary>Tells network addresses of the public from those inside: this machine, private networks, cloud metadata, multicast.</summary>
internal sealed class AddressRules
{
    // Everything that the registries of special addresses do not call globally reachable.
    private static readonly IPNetwork[] Inside =
    [
        .. new[] { "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fec0::/10" }.Select(IPNetwork.Parse),
    ];

    // Never meant by the name of a host: only a range that is written out allows them.
    private static readonly IPNetwork[] Never =
    [
        .. new[]
        {
            "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "::/128", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Addresses that carry an IPv4 address, and at which byte.
    private static readonly (IPNetwork Range, int At)[] Carriers =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("64:ff9b:1::/48"), 12), (IPNetwork.Parse("2002::/16"), 2), (IPNetwork.Parse("::/96"), 12),
    ];

    private readonly IReadOnlyList<IPNetwork> _allowed;
    private readonly IReadOnlyList<string> _allowedHosts;

    /// <param name="allowed">Names of hosts, and ranges of addresses.</param>
    public AddressRules(IReadOnlyList<string> allowed)
    {
        _allowed = [.. allowed.Select(Range).OfType<IPNetwork>()];
        _allowedHosts = [.. allowed.Where(entry => Range(entry) is null).Select(HostPattern.Normal)];
    }

    public bool Allows(string host, IPAddress address)
    {
        var plain = Plain(address);
        return _allowed.Any(range => range.Contains(plain))
            || (!In(Never, plain) && (!In(Inside, plain) || _allowedHosts.Contains(HostPattern.Normal(host))));
    }

    public static string WhyNot(string host, IEnumerable<IPAddress> addresses) =>
        $"{host} is at {string.Join(", ", addresses)}, which is not an address of the public internet. If it should be read, add {host} or its range to sources.allowPrivateAddresses.";

    private static bool In(IPNetwork[] ranges, IPAddress address) => ranges.Any(range => range.Contains(address));

    private static IPNetwork? Range(string text) =>
        IPNetwork.TryParse(text, out var range) ? range
        : IPAddress.TryParse(text.Trim('[', ']'), out var address) ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
        : null;

    /// <summary>An IPv4 address that hides in an IPv6 address is judged as what it is.</summary>
    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bare = new IPAddress(address.GetAddressBytes());
        if (bare.Equals(IPAddress.IPv6Loopback) || bare.Equals(IPAddress.IPv6Any))
        {
            return bare;
        }

        var carrier = Carriers.FirstOrDefault(carrier => carrier.Range.Contains(bare));
        return carrier.At == 0 ? bare : new IPAddress(bare.GetAddressBytes().AsSpan(carrier.At, 4));
    }
}
