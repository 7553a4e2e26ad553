using System.Net;
using Microsoft.Extensions.Logging;
using Stagedoor.Plugins;
using Stagedoor.Sources.Git;
using Stagedoor.Sources.Hosts;
using Stagedoor.Sources.Http;
using Stagedoor.Testing.Logging;

namespace Stagedoor.Sources.Tests.Serving;

/// <summary>The plugin's parts as the plugin puts them together, with loopback allowed and names that the test resolves.</summary>
internal sealed class Outside : IPortalFolders, IHostAddresses, IDisposable
{
    private readonly ILoggerFactory _logging = LoggerFactory.Create(logging => logging.AddTestOutput());
    private readonly TemporaryFolder _data = new();
    private readonly RemoteAccess _remote;

    public Outside(SourcesOptions options, TimeProvider? time = null, string? data = null)
    {
        Options = options;
        Data = data ?? _data.Path;
        time ??= TimeProvider.System;
        var rules = new HostRules(options);
        var addresses = new VettedAddresses(rules, this);
        _remote = new RemoteAccess(rules, addresses, time);
        Program = new GitProgram(options.Git, time);
        Http = new OutboundHttp(options, rules, addresses, time);
        Repositories = new Repositories(options, this, Program, new CopyFetch(Program, _remote, options.Git, time, _logging.CreateLogger<CopyFetch>()), _remote, rules, time);
        Evict = new EvictCopies(Repositories, Program, options, time, _logging.CreateLogger<EvictCopies>());
    }

    public SourcesOptions Options { get; }

    public OutboundHttp Http { get; }

    public Repositories Repositories { get; }

    public EvictCopies Evict { get; }

    public GitProgram Program { get; }

    public string? Sample => null;

    public string Data { get; }

    public string Configuration => Data;

    /// <summary>What a name resolves to, each time it is asked.</summary>
    public Dictionary<string, Func<IPAddress>> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static Outside Allowing(params Uri[] servers) => new(new SourcesOptions
    {
        AllowedHosts = [.. servers.Select(server => server.Authority)],
        AllowPrivateAddresses = ["127.0.0.1"],
    });

    public Task<IReadOnlyList<IPAddress>> Find(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(Names.TryGetValue(host, out var address) ? [address()] : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

    public void Dispose()
    {
        Repositories.Dispose();
        Http.Dispose();
        _remote.Dispose();
        _logging.Dispose();
        _data.Dispose();
    }
}
