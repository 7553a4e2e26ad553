using System.Collections.Concurrent;
using System.Net;
using Stagedoor.Sources.Git;
using Stagedoor.Sources.Hosts;

namespace Stagedoor.Sources.Http;

/// <summary>What every request passes: the rules for hosts, also after redirects, credentials, a gate for each host, and trying again.</summary>
internal sealed class OutboundHandler(HostRules rules, TimeSpan timeout, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Set on a request that is to go without the credentials of its host.</summary>
    public static readonly HttpRequestOptionsKey<bool> IsAnonymous = new("stagedoor.anonymous");

    private const int MostRedirects = 5;
    private const int Tries = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly CodeHosts _codeHosts = new(rules);
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri ?? throw new OutboundException("A request needs an address.", isPassing: false);
        var first = address;
        var isTrusted = !request.Options.TryGetValue(IsAnonymous, out var isAnonymous) || !isAnonymous;
        for (var redirects = 0; ; redirects++)
        {
            if (rules.WhyNot(address) is { } reason)
            {
                throw new OutboundException(redirects == 0 ? reason : $"{HostRules.Shown(first)} leads to {HostRules.Shown(address)}. {reason}", isPassing: false);
            }

            var response = await SendPatiently(request, address, isTrusted, cancellationToken);
            if (Next(response, request, address) is not { } next)
            {
                return response;
            }

            response.Dispose();
            if (redirects == MostRedirects)
            {
                throw new OutboundException($"{HostRules.Shown(first)} leads on more than {MostRedirects} times.", isPassing: false);
            }

            if (address.Scheme == "https" && next.Scheme != "https")
            {
                throw new OutboundException($"{HostRules.Shown(first)} leads to {HostRules.Shown(next)}, which is not encrypted. Name an address that is.", isPassing: false);
            }

            // Once somebody else was asked, nobody is shown credentials: not the new host, and not the old one by a detour.
            isTrusted &= string.Equals(next.Authority, address.Authority, StringComparison.OrdinalIgnoreCase) && next.Scheme == address.Scheme;
            address = next;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var gate in _gates.Values)
            {
                gate.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SendPatiently(HttpRequestMessage original, Uri address, bool isTrusted, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(address.Authority, authority => new HostGate(authority, time));
        var mayRepeat = original.Content is null && (original.Method == HttpMethod.Get || original.Method == HttpMethod.Head || original.Method == HttpMethod.Options);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                using var slot = await gate.Enter(cancellationToken);
                var response = await SendOnce(Copy(original, address, isTrusted), address, gate, cancellationToken);
                if (!IsPassing(response.StatusCode))
                {
                    return response;
                }

                var asked = RetryAfter(response);
                if (asked is { } wait && (attempt == Tries || !mayRepeat || wait > LongestWait))
                {
                    gate.WaitFor(wait);
                    return response;
                }

                if (attempt == Tries || !mayRepeat)
                {
                    return response;
                }

                pause = asked ?? Backoff(attempt);
                response.Dispose();
            }
            catch (OutboundFailure e) when (attempt < Tries && mayRepeat)
            {
                pause = Backoff(attempt);
                _ = e;
            }
            catch (OutboundFailure e)
            {
                throw new OutboundException(e.Message, isPassing: true, e.InnerException);
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendOnce(HttpRequestMessage request, Uri address, HostGate gate, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, both.Token);
            if ((int)response.StatusCode >= 500)
            {
                gate.Failed();
            }
            else
            {
                gate.Succeeded();
            }

            return response;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            gate.Failed();
            throw new OutboundFailure($"{address.Authority} did not answer within {timeout.TotalSeconds:0} seconds.", e);
        }
        catch (HttpRequestException e)
        {
            if (Refusal(e) is { } refusal)
            {
                throw refusal;
            }

            gate.Failed();
            throw new OutboundFailure($"{address.Authority} cannot be reached: {(e.InnerException ?? e).Message}", e);
        }
    }

    private HttpRequestMessage Copy(HttpRequestMessage original, Uri address, bool isTrusted)
    {
        var copy = new HttpRequestMessage(original.Method, address) { Content = original.Content, Version = original.Version, VersionPolicy = original.VersionPolicy };
        foreach (var (name, values) in original.Headers.Where(header => isTrusted || !IsCredential(header.Key)))
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        copy.Headers.Host = null;
        if (isTrusted && copy.Headers.Authorization is null && rules.Find(address) is { } host && host.MayShowCredentials(address))
        {
            Credentials.Add(host, _codeHosts.KindOf(address), copy.Headers);
        }

        return copy;
    }

    private static bool IsCredential(string header) =>
        header.Contains("auth", StringComparison.OrdinalIgnoreCase) || header.Contains("token", StringComparison.OrdinalIgnoreCase)
        || header.Contains("key", StringComparison.OrdinalIgnoreCase) || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a redirect leads. Requests that change something are not sent elsewhere.</summary>
    private static Uri? Next(HttpResponseMessage response, HttpRequestMessage request, Uri address) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Head)
            && response.Headers.Location is { } location && Uri.TryCreate(address, location, out var next)
            ? next
            : null;

    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : header.Delta is { } delta ? delta
        : header.Date is { } date ? Positive(date - time.GetUtcNow())
        : null;

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds(200 * Math.Pow(3, attempt - 1) * (0.5 + Random.Shared.NextDouble()));

    private static OutboundException? Refusal(Exception e) => e as OutboundException ?? (e.InnerException is { } inner ? Refusal(inner) : null);

    /// <summary>It may go well the next time.</summary>
    private sealed class OutboundFailure(string message, Exception inner) : Exception(message, inner);
}
