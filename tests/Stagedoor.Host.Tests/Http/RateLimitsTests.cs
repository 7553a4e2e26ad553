using Stagedoor.Host.Http;

namespace Stagedoor.Host.Tests.Http;

public sealed class RateLimitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(119)]
    [InlineData(600)]
    [InlineData(100_000)]
    public void Over_a_minute_exactly_the_limit_is_given_back(int perMinute)
    {
        var bucket = RateLimits.Bucket(perMinute);

        (bucket.TokensPerPeriod / bucket.ReplenishmentPeriod.TotalMinutes).ShouldBe(perMinute, tolerance: 0.01);
        bucket.TokenLimit.ShouldBeGreaterThanOrEqualTo(bucket.TokensPerPeriod);
    }
}
