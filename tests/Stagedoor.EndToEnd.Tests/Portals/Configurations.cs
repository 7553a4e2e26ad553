using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Stagedoor.EndToEnd.Tests.Portals;

/// <summary>Configurations that several tests use.</summary>
internal static class Configurations
{
    /// <summary>The token of a service that may do everything.</summary>
    public const string ProbeToken = "probe-of-the-end-to-end-tests";

    public static readonly string WithProbe = $"""
        identity:
          serviceTokens:
            - name: probe
              hash: sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ProbeToken)))}
              roles: [administrator]
        """;

    public static HttpRequestMessage AsProbe(this HttpMethod method, string path) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", ProbeToken) } };
}
