using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Stagedoor.Host.Configuration.Sections;

/// <summary>How the portal is reached.</summary>
[Description("How the portal is reached.")]
internal sealed class ServerOptions
{
    public const string DefaultUrl = "http://localhost:7007";

    [Description("The addresses to listen on.")]
    [MinLength(1)]
    public IReadOnlyList<Uri> Urls { get; set; } = [new(DefaultUrl)];

    [Description("The host names under which the portal may be asked for, such as portal.example.com or *.example.com. Empty: any.")]
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    [Description("The largest body of a request.")]
    [Range(typeof(ByteSize), "1KB", "2GB", ParseLimitsInInvariantCulture = true)]
    public ByteSize MaxBodySize { get; set; } = new(10 * 1024 * 1024);

    [Description("How long a shutdown waits for requests to finish and for work to be handed back.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    [Description("Believe a reverse proxy's X-Forwarded-For and X-Forwarded-Proto. Only when every request comes through that proxy.")]
    public bool TrustForwardedHeaders { get; set; }

    [Description("How many requests are answered. Off until set.")]
    public RateLimitOptions RateLimits { get; set; } = new();
}

internal sealed class RateLimitOptions
{
    [Description("Requests a minute of one person or service.")]
    [Range(1, int.MaxValue)]
    public int? PerIdentityPerMinute { get; set; }

    [Description("Requests a minute of one address without an identity.")]
    [Range(1, int.MaxValue)]
    public int? AnonymousPerMinute { get; set; }
}
