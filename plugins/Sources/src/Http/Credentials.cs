using System.Net.Http.Headers;
using System.Text;

namespace Stagedoor.Sources.Http;

/// <summary>What a configured host is shown over HTTP.</summary>
internal static class Credentials
{
    public static void Add(SourceHost host, CodeHostKind kind, HttpRequestHeaders headers)
    {
        if (host is { Header: { Length: > 0 } header, Token: { } secret })
        {
            headers.TryAddWithoutValidation(header, secret);
        }
        else if (host.Username is { } user && (host.Password ?? host.Token) is { } password)
        {
            headers.Authorization = new AuthenticationHeaderValue("Basic", Encode(user, password));
        }
        else if (host.Token is { } token)
        {
            headers.Authorization = kind == CodeHostKind.AzureDevOps
                ? new AuthenticationHeaderValue("Basic", Encode("", token))
                : new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public static string Encode(string user, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
