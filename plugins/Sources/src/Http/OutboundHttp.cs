using System.Net;
using System.Net.Http.Headers;
using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Http;

internal sealed class OutboundHttp : IOutboundHttp, IDisposable
{
    private const long MostBuffered = 64 * 1024 * 1024;

    private readonly HostRules _rules;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public OutboundHttp(SourcesOptions options, HostRules rules, VettedAddresses addresses, TimeProvider time)
    {
        _rules = rules;
        _timeout = options.Timeout;
        _time = time;
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,

            // Through a proxy nobody could tell which address is really spoken to.
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = new VettedConnection(addresses).Open,
        };
        Client = new HttpClient(new OutboundHandler(rules, options.Timeout, time, sockets))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBuffered,
        };
        Client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Stagedoor", null));
    }

    public HttpClient Client { get; }

    public string? WhyNot(Uri address) => _rules.WhyNot(address);

    public async Task<OutboundResponse> Get(Uri address, OutboundRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        if (request.IfNoneMatch is { } etag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        message.Headers.IfModifiedSince = request.IfModifiedSince;
        message.Headers.TryAddWithoutValidation("Accept", request.Accept ?? "*/*");
        message.Options.Set(OutboundHandler.IsAnonymous, request.IsAnonymous);
        using var response = await Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var asked = response.RequestMessage?.RequestUri ?? address;
        return response.StatusCode switch
        {
            HttpStatusCode.OK => Answer(200, await Body(response, address, request.MostBytes, cancellationToken), response, asked),
            HttpStatusCode.NotModified => Answer(304, default, response, asked),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => Answer(404, default, response, asked),
            _ => throw Refused(response.StatusCode, address),
        };
    }

    public void Dispose() => Client.Dispose();

    private static OutboundResponse Answer(int status, ReadOnlyMemory<byte> body, HttpResponseMessage response, Uri address) =>
        new(status, body, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, response.Content.Headers.ContentType?.ToString(), address);

    /// <summary>What counts is the size after unpacking.</summary>
    private async Task<ReadOnlyMemory<byte>> Body(HttpResponseMessage response, Uri address, long mostBytes, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (response.Content.Headers.ContentLength > mostBytes)
            {
                throw TooLarge(address, mostBytes);
            }

            await using var stream = await response.Content.ReadAsStreamAsync(both.Token);
            using var body = new MemoryStream();
            var buffer = new byte[32 * 1024];
            while (await stream.ReadAsync(buffer, both.Token) is > 0 and var read)
            {
                if (body.Length + read > mostBytes)
                {
                    throw TooLarge(address, mostBytes);
                }

                body.Write(buffer, 0, read);
            }

            return body.ToArray();
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException($"{HostRules.Shown(address)} did not come to its end within {_timeout.TotalSeconds:0} seconds.", isPassing: true, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new OutboundException($"{HostRules.Shown(address)} broke off: {e.Message}", isPassing: true, e);
        }
    }

    private static OutboundException TooLarge(Uri address, long mostBytes) =>
        new($"{HostRules.Shown(address)} is larger than {Math.Max(1, mostBytes / (1024 * 1024))} MB.", isPassing: false);

    private OutboundException Refused(HttpStatusCode status, Uri address)
    {
        var code = (int)status;
        var shown = HostRules.Shown(address);
        return code switch
        {
            401 or 403 when _rules.Find(address) is null => new OutboundException(
                $"{address.Host} does not let us read {shown} ({code}). Add a token for {address.Host} to sources.hosts.", isPassing: false),
            401 or 403 when !_rules.Find(address)!.MayShowCredentials(address) => new OutboundException(
                $"{address.Host} does not let us read {shown} ({code}). Credentials are not sent over http://. Name the address with https://, or set allowHttp for {address.Host} in sources.hosts.", isPassing: false),
            401 or 403 => new OutboundException(
                $"{address.Host} does not let us read {shown} ({code}). See whether the token in sources.hosts is valid and may read it.", isPassing: false),
            429 => new OutboundException($"{address.Host} says that it is asked too often (429). It is asked again later.", isPassing: true),
            >= 500 or 408 => new OutboundException($"{address.Host} fails ({code}) for {shown}. It is asked again later.", isPassing: true),
            _ => new OutboundException($"{address.Host} answers {code} for {shown}.", isPassing: false),
        };
    }
}
