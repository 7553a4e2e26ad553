using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Identity;

namespace Stagedoor.Host.Http;

/// <summary>Limits requests by identity, or by address for those without one. Off until <c>server.rateLimits</c> is set.</summary>
internal static class RateLimits
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            {
                var caller = context.Features.Get<Identified>()?.Caller;
                var limit = caller is { IsKnown: true } ? options.PerIdentityPerMinute : options.AnonymousPerMinute;
                var key = caller is { IsKnown: true } ? caller.Ref.ToString() : "address:" + context.Connection.RemoteIpAddress;
                return limit is null || OwnPaths.IsProbe(context.Request.Path) || OwnPaths.IsAsset(context.Request.Path)
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limit.Value));
            });
        });

    public static bool AreSet(RateLimitOptions options) => options.PerIdentityPerMinute is not null || options.AnonymousPerMinute is not null;

    /// <summary>A page asks for several things at once, so a quarter of a minute's worth may come in one go.</summary>
    internal static TokenBucketRateLimiterOptions Bucket(int perMinute)
    {
        var tokens = (perMinute + 59) / 60;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(tokens, perMinute / 4),
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes((double)tokens / perMinute),
            QueueLimit = 0,
        };
    }
}
