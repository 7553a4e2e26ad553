using Microsoft.Extensions.Configuration;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Jobs;

public sealed class JobPlanTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("2d", 172_800_000)]
    [InlineData(" 00:05:00 ", 300_000)]
    public void A_duration_is_read(string text, double milliseconds)
    {
        Durations.TryParse(text, out var duration).ShouldBeTrue();
        duration.TotalMilliseconds.ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-5m")]
    [InlineData("5 minutes")]
    [InlineData("1e400d")]
    [InlineData("99999999999999999999d")]
    public void What_is_not_a_duration_is_refused(string text) => Durations.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("00:00:00.25", "250 milliseconds")]
    [InlineData("00:00:01", "second")]
    [InlineData("00:01:30", "90 seconds")]
    [InlineData("00:05:00", "5 minutes")]
    [InlineData("1.00:00:00", "day")]
    public void A_duration_is_said_in_words(string duration, string words) => Durations.Words(TimeSpan.Parse(duration)).ShouldBe(words);

    [Fact]
    public void An_override_replaces_only_what_it_names()
    {
        var job = Plan(new() { ["jobs:test.greet:cron"] = "0 30 3 * * ?", ["jobs:test.greet:jitter"] = "0s" });

        job.Problem.ShouldBeNull();
        job.When.ShouldBe("0 30 3 * * ? (UTC)");
        job.Schedule.Every.ShouldBeNull();
        job.Schedule.Jitter.ShouldBe(TimeSpan.Zero);
        job.Schedule.Timeout.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("every", "0s", "not a duration")]
    [InlineData("every", "1ms", "shortest")]
    [InlineData("cron", "* * * *", "six fields")]
    [InlineData("cron", "0 0 soon * * ?", "six fields")]
    [InlineData("cron", "0 0 0 30 2 ?", "never comes")]
    [InlineData("timeout", "25d", "24 days")]
    [InlineData("paused", "perhaps", "true or false")]
    [InlineData("evry", "5m", "every, cron, timeout, jitter, paused")]
    public void A_mistake_is_named(string key, string value, string says) =>
        Plan(new() { [$"jobs:test.greet:{key}"] = value }).Problem.ShouldNotBeNull().ShouldContain(says);

    [Fact]
    public void Another_timeout_is_not_another_schedule()
    {
        var plain = Plan([]);

        Plan(new() { ["jobs:test.greet:timeout"] = "1m" }).Fingerprint.ShouldBe(plain.Fingerprint);
        Plan(new() { ["jobs:test.greet:every"] = "1m" }).Fingerprint.ShouldNotBe(plain.Fingerprint);
    }

    private static PlannedJob Plan(Dictionary<string, string?> configuration)
    {
        var schedule = new JobSchedule { Every = TimeSpan.FromMinutes(5), Timeout = TimeSpan.FromMinutes(2), Jitter = TimeSpan.FromSeconds(3) };
        var plugins = new PluginLoader().Load(new TestPlugin(plugin => plugin.Job<Greet>(schedule)), firstParty: [], found: [], new HashSet<string>());
        return new JobPlan(plugins, new ConfigurationBuilder().AddInMemoryCollection(configuration).Build()).Find(Greet.Name).ShouldNotBeNull();
    }
}
