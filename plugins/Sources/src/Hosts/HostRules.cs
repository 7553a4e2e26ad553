using System.Net;

namespace Stagedoor.Sources.Hosts;

/// <summary>Which hosts may be spoken to, and what is known about each.</summary>
internal sealed class HostRules
{
    private readonly IReadOnlyList<HostPattern> _allowed;
    private readonly IReadOnlyList<(HostPattern Pattern, SourceHost Host)> _configured;

    public HostRules(SourcesOptions options)
    {
        _configured = [.. options.Hosts.Select(host => (HostPattern.Parse(host.Host), host))];
        _allowed = [.. options.AllowedHosts.Select(HostPattern.Parse), .. _configured.Select(host => host.Pattern)];
        Addresses = new AddressRules(options.AllowPrivateAddresses);
    }

    public AddressRules Addresses { get; }

    public SourceHost? Find(Uri address) => _configured.FirstOrDefault(host => host.Pattern.Matches(address)).Host;

    /// <summary>Why an address may not be read; nothing if it may.</summary>
    public string? WhyNot(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            return $"'{Shown(address)}' is not an address to read. Write one that begins with https://.";
        }

        if (address.UserInfo.Length > 0)
        {
            return $"{Shown(address)} carries credentials. Take them out, and put them into sources.hosts for {address.Host}.";
        }

        if (!_allowed.Any(pattern => pattern.Matches(address)))
        {
            var name = address.IsDefaultPort ? address.Host : address.Authority;
            return $"{name} is not a host that may be read. If it should be, add {name} to sources.allowedHosts.";
        }

        return IPAddress.TryParse(HostPattern.Normal(address.Host), out var literal) && !Addresses.Allows(address.Host, literal)
            ? AddressRules.WhyNot(address.Host, [literal])
            : null;
    }

    /// <summary>An address without what might be secret in it.</summary>
    public static string Shown(Uri address) => address.IsAbsoluteUri
        ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : address.OriginalString.Split('?')[0];
}
