using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Stagedoor.Sources.Hosts;
using Stagedoor.Sources.Http;

namespace Stagedoor.Sources.Git;

/// <summary>How one call of git reaches a repository elsewhere: to which address it is bound, and what it shows there.</summary>
internal sealed record RemoteRoute(IReadOnlyList<(string Key, string Value)> Settings, IReadOnlyDictionary<string, string> Variables, string Protocol);

/// <summary>
/// Lets git speak to allowed hosts only, at the addresses that were judged: they are handed to it, so that it resolves
/// nothing by itself. Credentials go through the environment.
/// </summary>
internal sealed class RemoteAccess(HostRules rules, VettedAddresses addresses, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);

    public string? WhyNot(RepositoryAddress repository)
    {
        var address = new Uri(repository.Url);
        if (address.Scheme != "ssh")
        {
            return rules.WhyNot(address);
        }

        // The rules are about hosts; over ssh a host is the same host.
        return rules.WhyNot(new UriBuilder("https", address.Host, address.Port is 22 or < 0 ? 443 : address.Port, address.AbsolutePath).Uri);
    }

    public HostGate GateOf(RepositoryAddress repository)
    {
        var authority = new Uri(repository.Url).Authority;
        return _gates.GetOrAdd(authority, name => new HostGate(name, time));
    }

    /// <exception cref="OutboundException">It is not allowed, or nobody answers there.</exception>
    public async Task<RemoteRoute> Open(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        if (WhyNot(repository) is { } reason)
        {
            throw new OutboundException(reason, isPassing: false);
        }

        var address = new Uri(repository.Url);
        var port = address.Port > 0 ? address.Port : 22;
        var vetted = await Answering(address.Host, port, await addresses.Of(address.Host, cancellationToken), cancellationToken);
        return address.Scheme == "ssh" ? Ssh(address, vetted) : Http(address, port, vetted);
    }

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    /// <summary>Git itself would wait for minutes for a machine that is off.</summary>
    private async Task<IPAddress> Answering(string host, int port, IReadOnlyList<IPAddress> vetted, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var address in vetted)
        {
            using var limit = new CancellationTokenSource(ConnectTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), both.Token);
                return address;
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure = e;
            }
        }

        throw new OutboundException(
            $"{host} cannot be reached: {(failure is SocketException ? failure.Message : $"no answer within {ConnectTimeout.TotalSeconds:0} seconds")}.", isPassing: true, failure);
    }

    private RemoteRoute Http(Uri address, int port, IPAddress vetted)
    {
        var settings = new List<(string Key, string Value)>
        {
            ("http.proxy", ""),
            ("http.curloptResolve", $"{address.IdnHost}:{port}:{(vetted.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{vetted}]" : vetted)}"),
        };
        if (rules.Find(address) is { } host && host.MayShowCredentials(address) && HeaderFor(host, address) is { } header)
        {
            settings.Add(($"http.{address.GetLeftPart(UriPartial.Authority)}/.extraHeader", header));
        }

        return new RemoteRoute(settings, new Dictionary<string, string>(), address.Scheme);
    }

    private static RemoteRoute Ssh(Uri address, IPAddress vetted)
    {
        // Names of hosts have nothing in them that a shell would take for more than a name; what has is refused here.
        if (address.IdnHost.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or ':')))
        {
            throw new OutboundException($"{address.Host} is not the name of a host.", isPassing: false);
        }

        var ssh = $"ssh -oBatchMode=yes -oConnectTimeout=10 -oProxyCommand=none -oProxyJump=none -oForwardAgent=no -oClearAllForwardings=yes -oPermitLocalCommand=no -oHostName={vetted} -oHostKeyAlias={address.IdnHost}";
        return new RemoteRoute([("ssh.variant", "ssh")], new Dictionary<string, string> { ["GIT_SSH_COMMAND"] = ssh }, "ssh");
    }

    /// <summary>Git speaks to all of them by a name and a password, where the token is the password.</summary>
    private string? HeaderFor(SourceHost host, Uri address)
    {
        var password = host.Password ?? host.Token;
        if (password is null)
        {
            return null;
        }

        var user = host.Username ?? new CodeHosts(rules).KindOf(address) switch
        {
            CodeHostKind.GitHub => "x-access-token",
            CodeHostKind.GitLab => "oauth2",
            CodeHostKind.BitbucketCloud => "x-token-auth",
            CodeHostKind.AzureDevOps => "",
            _ => "git",
        };
        return $"Authorization: Basic {Credentials.Encode(user, password)}";
    }
}
