using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stagedoor.Load.Catalog;

/// <summary>A catalog API somewhere: <c>http://localhost:7007/api/catalog</c>, of whatever portal, and the token to show it.</summary>
internal sealed class CatalogTarget : IDisposable
{
    private readonly string _after;
    private readonly HttpClient _http;

    public CatalogTarget(Uri address, string? token)
    {
        Base = new Uri(address.ToString().TrimEnd('/') + "/");
        _after = $" HTTP/1.1\r\nHost: {Base.Authority}\r\nAccept: application/json\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}";
        _http = new HttpClient { BaseAddress = Base, Timeout = TimeSpan.FromMinutes(5) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Base { get; }

    /// <summary>A request for the wire. The path is relative to the API and escaped.</summary>
    public byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {Base.AbsolutePath}{path}{_after}\r\n");

    public byte[] Post(string path, string body) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"POST {Base.AbsolutePath}{path}{_after}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

    /// <summary>Asks outside of any measure.</summary>
    public async Task<JsonDocument> Read(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
    }

    /// <param name="signature">For the refresh hook: of the body, with its secret.</param>
    public Task<HttpResponseMessage> Send(HttpMethod method, string path, string? body, CancellationToken cancellationToken, string? signature = null)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (signature is not null)
        {
            request.Headers.Add("X-Stagedoor-Signature-256", signature);
        }

        return _http.SendAsync(request, cancellationToken);
    }

    public async Task<bool> Has(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public async Task<int> Total(CancellationToken cancellationToken)
    {
        using var answer = await Read("entities/by-query?limit=0", cancellationToken);
        return answer.RootElement.GetProperty("totalItems").GetInt32();
    }

    public void Dispose() => _http.Dispose();
}
