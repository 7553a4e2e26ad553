using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stagedoor.Host.CommandLine.Output;
using Stagedoor.Plugins;

namespace Stagedoor.Host.CommandLine.Api;

/// <summary>Speaks to a running portal, and turns every answer that is not a success into a message and an exit code.</summary>
internal sealed class ApiClient : PortalClient, IDisposable
{
    public const string DefaultAddress = "http://localhost:7007";
    private const int MaxErrorBody = 64 * 1024;

    private readonly Uri _portal;
    private readonly bool _hasToken;

    public ApiClient(Uri portal, string? token, string version)
    {
        _portal = portal;
        _hasToken = token is not null;

        // A redirect would send the token to wherever it points.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = new Uri(portal.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(100),
        };
        Http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("stagedoor", version));
        Http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public override HttpClient Http { get; }

    public override Task<T> Get<T>(string path, CancellationToken cancellationToken) => Send<T>(HttpMethod.Get, path, body: null, cancellationToken);

    public override async Task<T> Send<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var response = await Ask(method, path, body, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonText.Compact, cancellationToken)
                ?? throw new CommandFailure(ExitCode.Failed, $"{Name(path)} answered with nothing.");
        }
        catch (JsonException unreadable)
        {
            throw new CommandFailure(ExitCode.Failed, $"{Name(path)} did not answer as a Stagedoor portal of this version does. Check the address, and that both have the same version.", unreadable);
        }
    }

    public override async Task Send(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        (await Ask(method, path, body, cancellationToken)).Dispose();

    /// <summary>The answer whatever its status, for what reads the status itself.</summary>
    public async Task<HttpResponseMessage> AskAnyway(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: JsonText.Compact);
        }

        try
        {
            return await Http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new CommandFailure(
                ExitCode.Unreachable,
                $"The portal at {Shown(_portal)} cannot be reached: {Why(unreachable)}. Start it with 'stagedoor', or name another with --portal or STAGEDOOR_PORTAL.",
                unreachable);
        }
        catch (TaskCanceledException tooLate) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"The portal at {Shown(_portal)} did not answer within {Http.Timeout.TotalSeconds:0} seconds. Try again, or look at its log.", tooLate);
        }
    }

    public void Dispose() => Http.Dispose();

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var response = await AskAnyway(method, path, body, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Explain(response, path, cancellationToken);
        }
    }

    private async Task<CommandFailure> Explain(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var problem = await Problem(response, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new(ExitCode.Denied, _hasToken
                ? "The portal does not know this token. Check --token or STAGEDOOR_TOKEN; 'stagedoor hash-token' makes a new one."
                : "The portal wants to know who is asking. Give a service token with --token or STAGEDOOR_TOKEN."),
            HttpStatusCode.Forbidden => new(ExitCode.Denied, problem ?? "This needs rights that the token does not have. Ask an administrator of the portal for a role that has them."),
            HttpStatusCode.NotFound => new(ExitCode.NotFound, problem ?? $"{Name(path)} is not there. Check the name; a list shows what there is."),
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout =>
                new(ExitCode.Unreachable, problem ?? "The portal, or something it needs, is not available now. Try again in a moment."),
            HttpStatusCode.TooManyRequests => new(ExitCode.Failed, $"The portal asks for patience: too many requests.{After(response)}"),
            >= HttpStatusCode.Moved and < HttpStatusCode.BadRequest => new(ExitCode.Failed, $"{Name(path)} leads to {response.Headers.Location}, and a token is never sent along. Give that address with --portal."),
            _ => new(ExitCode.Failed, problem ?? $"{Name(path)} answered {(int)response.StatusCode} {response.ReasonPhrase}.{RequestId(response)}"),
        };
    }

    /// <summary>What the portal itself says is wrong: title, detail, and each mistake by its field.</summary>
    private static async Task<string?> Problem(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json") || response.Content.Headers.ContentLength > MaxErrorBody)
        {
            return null;
        }

        try
        {
            if (JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) is not JsonObject problem)
            {
                return null;
            }

            var lines = new List<string>();
            var (title, detail) = (Text(problem["title"]), Text(problem["detail"]) ?? Text((problem["error"] as JsonObject)?["message"]));
            if (title is not null || detail is not null)
            {
                lines.Add(title is null || detail is null || detail.StartsWith(title, StringComparison.Ordinal) ? detail ?? title! : $"{title.TrimEnd('.')}: {detail}");
            }

            foreach (var (field, messages) in problem["errors"] as JsonObject ?? [])
            {
                lines.Add($"  {field}: {string.Join(" ", (messages as JsonArray ?? []).Select(Text))}");
            }

            return lines.Count == 0 ? null : string.Join('\n', lines) + ((int)response.StatusCode >= 500 ? RequestId(response) : "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private string Name(string path) => new Uri(Http.BaseAddress!, path.TrimStart('/').Split('?')[0]) is var address ? Shown(address) : path;

    private static string Shown(Uri address) => Configuration.Secrets.HideWithin(address.AbsoluteUri.TrimEnd('/'));

    private static string After(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait ? $" Try again in {CellText.Of(wait)}." : " Try again in a moment.";

    private static string RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var ids) ? $" The portal's log has more under the request {ids.First()}." : "";

    private static string Why(HttpRequestException problem) => problem.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "there is no host of this name",
        HttpRequestError.ConnectionError when problem.InnerException is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionRefused } => "nothing listens there",
        HttpRequestError.SecureConnectionError => "no secure connection could be made; its certificate may not be trusted here",
        HttpRequestError.InvalidResponse => "what listens there does not speak HTTP",
        _ => (problem.InnerException ?? problem).Message.TrimEnd('.'),
    };
}
