namespace Stagedoor.Sources.Hosts;

/// <summary>A host that may be read: <c>example.com</c>, <c>*.example.com</c>, either with a port.</summary>
internal sealed record HostPattern(string Name, bool IncludesBelow, int? Port)
{
    public static HostPattern Parse(string text)
    {
        var rest = Normal(text);
        var below = rest.StartsWith("*.", StringComparison.Ordinal);
        rest = below ? rest[2..] : rest;
        var colon = rest.LastIndexOf(':');
        var hasPort = colon > 0 && !rest.EndsWith(']') && rest.IndexOf(':', StringComparison.Ordinal) == colon | rest.StartsWith('[');
        return hasPort && int.TryParse(rest[(colon + 1)..], out var port)
            ? new HostPattern(Normal(rest[..colon]), below, port)
            : new HostPattern(rest, below, null);
    }

    public bool Matches(Uri address)
    {
        var host = Normal(address.IdnHost);
        return (IncludesBelow ? host.EndsWith("." + Name, StringComparison.Ordinal) : host == Name)
            && (Port is { } port ? address.Port == port : address.IsDefaultPort);
    }

    public static string Normal(string host)
    {
        var plain = host.Trim().TrimEnd('.').ToLowerInvariant();
        return plain is ['[', .., ']'] ? plain[1..^1] : plain;
    }
}
