using Microsoft.Extensions.Options;
using Stagedoor.Host.Configuration.Sections;
using Stagedoor.Host.Jobs.Planning;
using Stagedoor.Host.Loading;
using Stagedoor.Plugins;

namespace Stagedoor.Host.Tests.Jobs;

public sealed class JobPlanTests
{
    [Theory]
    [InlineData("00:00:00.25", "250 milliseconds")]
    [InlineData("00:00:01", "second")]
    [InlineData("00:01:30", "90 seconds")]
    [InlineData("00:05:00", "5 minutes")]
    [InlineData("1.00:00:00", "day")]
    public void A_duration_is_said_in_words(string duration, string words) => DurationWords.Of(TimeSpan.Parse(duration)).ShouldBe(words);

    [Theory]
    [InlineData("0 0 7 * * ?", "every day at 07:00 UTC")]
    [InlineData("0 15 22 ? * MON-FRI", "every weekday at 22:15 UTC")]
    [InlineData("0 5 6 ? * SUN", "every Sunday at 06:05 UTC")]
    [InlineData("0 0 * * * ?", "every hour, on the hour")]
    [InlineData("0 20 * * * ?", "every hour, 20 min past")]
    [InlineData("0 0/5 * * * ?", "0 0/5 * * * ? (UTC)")]
    [InlineData("0 0 9 1 * ?", "0 0 9 1 * ? (UTC)")]
    [InlineData("30 0 9 * * ?", "30 0 9 * * ? (UTC)")]
    public void A_cron_expression_is_said_in_words_where_that_is_simple(string cron, string words) => CronWords.Of(cron).ShouldBe(words);

    [Fact]
    public void An_override_replaces_only_what_it_names()
    {
        var job = Plan(new JobOptions { Cron = "0 30 3 * * ?", Jitter = TimeSpan.Zero });

        job.Problem.ShouldBeNull();
        job.When.ShouldBe("every day at 03:30 UTC");
        job.Schedule.Every.ShouldBeNull();
        job.Schedule.Jitter.ShouldBe(TimeSpan.Zero);
        job.Schedule.Timeout.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("* * * *", "six fields")]
    [InlineData("0 0 soon * * ?", "six fields")]
    [InlineData("0 0 0 30 2 ?", "never comes")]
    public void A_cron_expression_that_cannot_be_followed_is_named(string cron, string says) =>
        Plan(new JobOptions { Cron = cron }).Problem.ShouldNotBeNull().ShouldContain(says);

    [Fact]
    public void Times_that_no_timer_can_keep_are_named()
    {
        Plan(new JobOptions { Every = TimeSpan.FromMilliseconds(1) }).Problem.ShouldNotBeNull().ShouldContain("shortest");
        Plan(new JobOptions { Timeout = TimeSpan.FromDays(25) }).Problem.ShouldNotBeNull().ShouldContain("24 days");
    }

    [Fact]
    public void Another_timeout_is_not_another_schedule()
    {
        var plain = Plan(null);

        Plan(new JobOptions { Timeout = TimeSpan.FromMinutes(1) }).Fingerprint.ShouldBe(plain.Fingerprint);
        Plan(new JobOptions { Every = TimeSpan.FromMinutes(1) }).Fingerprint.ShouldNotBe(plain.Fingerprint);
    }

    private static PlannedJob Plan(JobOptions? configured)
    {
        var schedule = new JobSchedule { Every = TimeSpan.FromMinutes(5), Timeout = TimeSpan.FromMinutes(2), Jitter = TimeSpan.FromSeconds(3) };
        var plugins = new PluginLoader().Load(new TestPlugin(plugin => plugin.Job<Greet>(schedule)), firstParty: [], found: [], new HashSet<string>());
        var options = new JobsOptions();
        if (configured is not null)
        {
            options[Greet.Name] = configured;
        }

        return new JobPlan(plugins, Options.Create(options)).Find(Greet.Name).ShouldNotBeNull();
    }
}
