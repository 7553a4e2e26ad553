namespace Stagedoor.Sources;

/// <summary>
/// HTTP to places outside the portal. Only to allowed hosts: checked for the address that is asked for, again after
/// each redirect, and again for the network address really connected to. Bodies are limited, failures are tried again
/// where that is safe, and a host that asks to wait is waited for.
/// </summary>
public interface IOutboundHttp
{
    /// <exception cref="OutboundException">It could not be done; the message says why, and what to do.</exception>
    Task<OutboundResponse> Get(Uri address, OutboundRequest request, CancellationToken cancellationToken);

    /// <summary>A client whose every request goes through the same checks, for libraries that want one.</summary>
    HttpClient Client { get; }

    /// <summary>Whether the host may be spoken to, and if not, why.</summary>
    string? WhyNot(Uri address);
}

public sealed record OutboundRequest
{
    public string? IfNoneMatch { get; init; }

    public DateTimeOffset? IfModifiedSince { get; init; }

    public string? Accept { get; init; }

    /// <summary>Whether it is asked as anybody would ask, without the credentials that are configured for its host.</summary>
    public bool IsAnonymous { get; init; }

    public long MostBytes { get; init; } = 10 * 1024 * 1024;
}

/// <param name="Status">200, 304 or 404; everything else is an <see cref="OutboundException"/>.</param>
public sealed record OutboundResponse(int Status, ReadOnlyMemory<byte> Body, string? Etag, DateTimeOffset? LastModified, string? ContentType, Uri Address);

/// <summary>Something outside could not be read.</summary>
/// <param name="IsPassing">Trying again later may help.</param>
public sealed class OutboundException(string message, bool isPassing, Exception? inner = null) : Exception(message, inner)
{
    public bool IsPassing { get; } = isPassing;

    /// <summary>It is certain that it is not there, rather than out of reach or not to be seen.</summary>
    public bool IsMissing { get; init; }
}
