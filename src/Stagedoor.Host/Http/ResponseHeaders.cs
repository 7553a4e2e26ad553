using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Stagedoor.Host.Http;

/// <summary>
/// What every answer carries: the request's id, and the headers that keep a browser from doing what a page of ours never
/// asks for. A page that embeds a foreign library sets its own policy in its own frame.
/// </summary>
internal sealed class ResponseHeaders(RequestDelegate next)
{
    public const string RequestId = "X-Request-Id";

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; font-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";

    public Task Invoke(HttpContext context)
    {
        var asked = context.Request.Headers[RequestId].ToString();
        var id = IsAcceptable(asked) ? asked : NewId();
        context.TraceIdentifier = id;
        Activity.Current?.SetTag("request.id", id);

        Set(context);
        return next(context);
    }

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestId] = context.TraceIdentifier;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.XFrameOptions = "DENY";
        if (context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    /// <summary>A browser would force https on every program of a developer's machine.</summary>
    private static bool IsThisMachine(string host) =>
        host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || System.Net.IPAddress.TryParse(host.Trim('[', ']'), out _);

    private static string NewId()
    {
        Span<byte> random = stackalloc byte[8];
        Random.Shared.NextBytes(random);
        return Convert.ToHexStringLower(random);
    }

    /// <summary>An id from outside goes into logs and pages, so it must be short and plain.</summary>
    private static bool IsAcceptable(string id)
    {
        if (id.Length is 0 or > 64)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
