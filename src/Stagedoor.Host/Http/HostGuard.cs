using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Identity;

namespace Stagedoor.Host.Http;

/// <summary>
/// Answers only for host names that are this portal's. Where one is somebody without signing in, a foreign name that
/// resolves to this machine would let any web site act as that person, so there only local names and addresses pass
/// unless <c>server.allowedHosts</c> says more.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, IOptions<ServerOptions> server, IdentitySettings identity)
{
    private readonly IReadOnlyList<string> _allowed = server.Value.AllowedHosts;
    private readonly bool _localOnly = server.Value.AllowedHosts.Count == 0 && identity.WithoutSignIn != IdentitySource.None;
    private readonly HashSet<string> _own = [.. server.Value.Urls.Select(url => url.Host), "localhost", Environment.MachineName.ToLowerInvariant()];

    public Task Invoke(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (OwnPaths.IsProbe(context.Request.Path) || (_allowed.Count > 0 ? _allowed.Any(pattern => Matches(host, pattern)) : !_localOnly || IsLocal(host)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Features.Set(new BadRequestReason($"This portal does not answer as '{host}'. Add the name to server.allowedHosts in the configuration if it should."));
        return Task.CompletedTask;
    }

    private bool IsLocal(string host) =>
        _own.Contains(host.ToLowerInvariant())
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || System.Net.IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static bool Matches(string host, string pattern) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);
}
